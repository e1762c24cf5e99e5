namespace Moss.Cli.Bench.Patches;

/// <summary>Files that a set needs and this program carries.</summary>
internal static class PatchResources
{
    public static string Read(string name)
    {
        using var stream = typeof(PatchResources).Assembly.GetManifestResourceStream($"patches/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
