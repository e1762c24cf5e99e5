namespace Moss.Workspaces;

/// <summary>
/// Turns what git says (always in English: LC_ALL=C) into what is wrong and how to mend it. git has no error codes, so the
/// texts are all there is; one that is not known is handed on as it stands.
/// </summary>
internal static class GitComplaint
{
    private static readonly (string Text, string Meaning)[] Known =
    [
        ("does not appear to be a git repository", "is not a git repository. Give the top folder of one, or run 'git init' there and commit."),
        ("not a git repository", "is not a git repository. Give the top folder of one, or run 'git init' there and commit."),
        ("could not read Username", "asks for a login, and Moss has none. Use an ssh URL with a key of this machine, or a local clone."),
        ("Authentication failed", "refused the login. Check the credentials of the URL, or use a local clone."),
        ("Permission denied", "may not be read by this user. Check its permissions, or its ssh key."),
        ("Could not resolve host", "cannot be reached: its host name is not known. Check the URL and the network."),
        ("Connection refused", "cannot be reached: nothing answers there. Check the URL and the network."),
        ("Connection timed out", "cannot be reached: no answer in time. Check the URL and the network."),
        ("unable to access", "cannot be reached. Check the URL and the network."),
        ("Could not read from remote repository", "cannot be reached. Check that the URL is right and that this machine may read it."),
        ("not found", "was not found. Check the URL."),
    ];

    public static RepositoryException About(RepositoryAddress address, string error)
    {
        var meaning = Known.FirstOrDefault(known => error.Contains(known.Text, StringComparison.Ordinal)).Meaning;
        return new RepositoryException(meaning is null
            ? $"git could not work on {address.Display}: {FirstLine(error)}"
            : $"{address.Display} {meaning}");
    }

    public static RepositoryException During(string task, string error) => new($"git could not {task}: {FirstLine(error)}");

    private static string FirstLine(string error) => error
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .OrderByDescending(line => line.StartsWith("fatal:", StringComparison.Ordinal) || line.StartsWith("error:", StringComparison.Ordinal))
        .FirstOrDefault("it gave no reason.");
}
