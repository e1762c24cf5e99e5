namespace Moss.Cli.Bench.QuixBugs;

/// <summary>The Python parts, kept in the program.</summary>
internal static class Scripts
{
    public static string Cases { get; } = Read("cases.py");

    public static string Trial { get; } = Read("trial.py");

    private static string Read(string name)
    {
        using var stream = typeof(Scripts).Assembly.GetManifestResourceStream($"quixbugs/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
