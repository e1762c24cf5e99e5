using Moss.Cli.Features;

namespace Moss.Cli.Hosting;

/// <summary>Where the programs of this build are.</summary>
internal static class MossHome
{
    public static string Standalone => Find("Moss.Standalone");

    /// <summary>Rules on the candidates of a set.</summary>
    public static string PatchGate => Find("Moss.PatchGate");

    /// <summary>Drives the coding agents. It is a program of the tests, so only who has the source has it.</summary>
    public static string AgentChecks => OfTests("Moss.AgentChecks", "agents");

    /// <summary>Swaps services. It is a program of the tests too.</summary>
    public static string SwapChecks => OfTests("Moss.SwapChecks", "swap");

    public static string Samples(string name) => Path.Combine(Folder, "samples", name);

    /// <summary>The repository.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("MOSS_HOME")
        ?? throw new UsageException("MOSS_HOME", "it is not said where Moss was built", "run the launcher ./moss, which sets it");

    private static string OfTests(string project, string bench) => Directory.Exists(Path.Combine(Folder, "tests", project))
        ? Find(project)
        : throw new UsageException(
            "MOSS_HOME", $"{Folder} is no checkout of the source of Moss, and this bench is among its tests", $"clone the repository, and run ./moss bench {bench} there");

    private static string Find(string project)
    {
        var path = Path.Combine(Folder, "artifacts", "bin", project, "release", $"{project}.dll");
        return File.Exists(path) ? path : throw new UsageException("MOSS_HOME", $"{path} is not there", "run the launcher ./moss, which builds it");
    }
}
