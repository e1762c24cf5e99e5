using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Moss.Workspaces;

/// <summary>Where a repository is: a folder of this machine or an URL. Checked, so that git never takes it for an option or a helper.</summary>
internal sealed partial record RepositoryAddress
{
    private static readonly ImmutableArray<string> Schemes = ["https", "ssh", "http", "git"];

    private RepositoryAddress(string location, bool local) => (Location, Local) = (location, local);

    /// <summary>What git is given: an absolute path or an URL, with credentials if it has some.</summary>
    public string Location { get; }

    /// <summary>True for a folder of this machine.</summary>
    public bool Local { get; }

    /// <summary>For messages: without user name and password.</summary>
    public string Display => Local ? Location : Credentials().Replace(Location, "$1");

    /// <summary>Name of the mirror: readable, unique by hash, the same in every process.</summary>
    public string MirrorName
    {
        get
        {
            var last = Location.TrimEnd('/').Split('/', ':')[^1];
            var readable = new string([.. last.Where(char.IsAsciiLetterOrDigit).Take(24)]);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Location)))[..16];
            return $"{readable}-{hash}.git";
        }
    }

    /// <summary>Reads what a person wrote; throws with the way to mend it.</summary>
    public static RepositoryAddress Parse(string repository)
    {
        var text = repository.Trim();
        if (text.Length == 0)
        {
            throw new RepositoryException("The repository is empty: give the path of a git repository or its URL.");
        }

        if (text.StartsWith('-') || text.Any(char.IsControl))
        {
            throw new RepositoryException($"'{Printable(text)}' is not a repository: give the path of a git repository or its URL.");
        }

        if (Helper().IsMatch(text))
        {
            throw new RepositoryException($"'{text}' asks git to start a helper program, which Moss does not allow: use a path, https:// or ssh://.");
        }

        return text.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0
            ? FromUrl(text, text[..scheme].ToLowerInvariant())
            : ScpLike().IsMatch(text) && !Directory.Exists(text)
                ? new RepositoryAddress(text.TrimEnd('/'), local: false)
                : FromPath(text);
    }

    private static RepositoryAddress FromUrl(string url, string scheme) => scheme switch
    {
        "file" when Uri.TryCreate(url, UriKind.Absolute, out var file) => FromPath(file.LocalPath),
        _ when Schemes.Contains(scheme) && Uri.TryCreate(url, UriKind.Absolute, out _) => new(url.TrimEnd('/'), local: false),
        _ when Schemes.Contains(scheme) => throw new RepositoryException($"'{url}' is not a complete URL: write it as https://host/path."),
        _ => throw new RepositoryException($"'{url}' uses {scheme}://, which Moss does not fetch from: use a path, {string.Join(", ", Schemes.Select(known => known + "://"))}."),
    };

    private static RepositoryAddress FromPath(string path) => new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), local: true);

    private static string Printable(string text) => new([.. text.Select(letter => char.IsControl(letter) ? '?' : letter)]);

    [GeneratedRegex("^[A-Za-z0-9]+::")]
    private static partial Regex Helper();

    [GeneratedRegex(@"^(?:[^/:@\s]+@)?[^/:@\s]+:(?!/?/)[^\s]+$")]
    private static partial Regex ScpLike();

    [GeneratedRegex("^([a-z]+://)[^/@]*@")]
    private static partial Regex Credentials();
}
