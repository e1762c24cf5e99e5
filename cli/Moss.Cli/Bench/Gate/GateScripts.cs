namespace Moss.Cli.Bench.Gate;

/// <summary>The Python parts, kept in the program.</summary>
internal static class GateScripts
{
    public static string Trial { get; } = Read("trial.py");

    public static string Agent { get; } = Read("agent.py");

    private static string Read(string name)
    {
        using var stream = typeof(GateScripts).Assembly.GetManifestResourceStream($"gate/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
