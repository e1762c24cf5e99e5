using Moss.Testing;

namespace Moss.EndToEnd.Tests.Demo;

/// <summary>What the launcher calls MOSS_HOME, made of the build that the tests belong to, whichever configuration that is.</summary>
internal sealed class LauncherHome : IDisposable
{
    private static readonly string[] Programs = ["Moss.Cli", "Moss.Standalone", "Moss.AgentTools"];
    private readonly TemporaryFolder folder = new();

    public LauncherHome()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        foreach (var program in Programs)
        {
            Directory.CreateDirectory(folder.Combine("artifacts", "bin", program));
            Directory.CreateSymbolicLink(ProgramFolder(program), Path.Combine(own.Parent!.Parent!.FullName, program, own.Name));
        }

        Directory.CreateSymbolicLink(folder.Combine("samples"), Path.Combine(SourceTree.Root, "samples"));
    }

    public string Folder => folder.Path;

    public string Command => Path.Combine(ProgramFolder("Moss.Cli"), "Moss.Cli.dll");

    public string Data => folder.Combine("data");

    public void Dispose() => folder.Dispose();

    private string ProgramFolder(string program) => folder.Combine("artifacts", "bin", program, "release");
}
