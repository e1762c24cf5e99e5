using Moss.Testing;

namespace Moss.Cli.Tests.Running;

/// <summary>What the launcher calls MOSS_HOME, with the program that drives coding agents, on a machine without any of their programs.</summary>
internal sealed class Checkout : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <param name="works">False for one whose program is broken.</param>
    public Checkout(bool works = true)
    {
        Directory.CreateDirectory(folder.Combine("tests", "Moss.AgentChecks"));
        if (!works)
        {
            folder.Write("artifacts/bin/Moss.AgentChecks/release/Moss.AgentChecks.dll", "");
            return;
        }

        Directory.CreateDirectory(folder.Combine("artifacts", "bin", "Moss.AgentChecks"));
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        Directory.CreateSymbolicLink(
            folder.Combine("artifacts", "bin", "Moss.AgentChecks", "release"), Path.Combine(own.Parent!.Parent!.FullName, "Moss.AgentChecks", own.Name));
    }

    public Task<Ran> RunAsync(params string[] words) =>
        MossCommand.RunAsync(new Dictionary<string, string> { ["MOSS_HOME"] = folder.Path, ["MOSS_AGENTS"] = folder.Combine("agents") }, words);

    public void Dispose() => folder.Dispose();
}
