using System.Globalization;

namespace Moss.Workspaces;

/// <summary>Who writes Moss's commits: always the same, so that a hash depends on the change and its time alone.</summary>
internal static class GitIdentity
{
    private const string Name = "Moss";
    private const string Mail = "moss@localhost";

    public static IEnumerable<KeyValuePair<string, string>> Environment(DateTimeOffset time)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"@{time.ToUnixTimeSeconds()} +0000");
        foreach (var role in (string[])["AUTHOR", "COMMITTER"])
        {
            yield return new($"GIT_{role}_NAME", Name);
            yield return new($"GIT_{role}_EMAIL", Mail);
            yield return new($"GIT_{role}_DATE", stamp);
        }
    }
}
