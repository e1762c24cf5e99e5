namespace Moss.Adapters.Tests.Substrates;

/// <summary>Files of Moss's own repository that are held to the code.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = Find();

    public static string Read(params ReadOnlySpan<string> parts) => File.ReadAllText(Path.Combine([Root, .. parts]));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Moss.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
