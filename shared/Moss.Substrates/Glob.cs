using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>
/// A pattern for paths with forward slashes: <c>*</c> is any text within a name, <c>?</c> one character, <c>**</c> any folders
/// and, at the end, anything below. Everything else stands for itself, case included. Matching takes at most the product of
/// both lengths: a hostile pattern cannot stall it.
/// </summary>
public sealed class Glob
{
    private const string Folders = "**";
    private readonly ImmutableArray<string> parts;

    private Glob(string text) => (Text, parts) = (text, [.. text.Split('/')]);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern that <see cref="ProblemOf"/> has nothing against; throws otherwise.</summary>
    public static Glob Parse(string text) => ProblemOf(text) is { } problem ? throw new ArgumentException($"'{text}' {problem.Problem}", nameof(text)) : new(text);

    /// <summary>What is wrong with a pattern and what to write instead; null when it is fine.</summary>
    public static (string Problem, string Fix)? ProblemOf(string text) => text switch
    {
        "" => ("is empty", "write a pattern such as src/**"),
        { Length: > 500 } => ("is longer than 500 characters", "write a shorter pattern"),
        _ when text.Any(char.IsControl) => ("has a control character", "remove it"),
        _ when text.Contains('\\', StringComparison.Ordinal) => ("has a backslash", "separate folders with /"),
        _ when text.AsSpan().ContainsAny("[]{}!") => ("uses brackets, braces or '!', which Moss does not know", "write one pattern for each case, with *, ? and ** alone"),
        _ when text.StartsWith('/') => ("is absolute", $"write it relative to the repository: {text.TrimStart('/')}"),
        _ when text.EndsWith('/') => ("ends in a slash", $"write {text}** for everything below the folder"),
        _ when text.Split('/').Any(part => part is "." or ".." or "") => ("has an empty, '.' or '..' part", "write the path as git lists it"),
        _ when text.Split('/').Any(part => part != Folders && part.Contains(Folders, StringComparison.Ordinal)) => ("has ** within a name", "let ** stand alone between slashes, or write *"),
        _ => null,
    };

    /// <summary>True when the whole path fits.</summary>
    public bool Matches(string path)
    {
        var names = path.Split('/');
        var (part, name, retryPart, retryName) = (0, 0, -1, 0);
        while (name < names.Length)
        {
            if (part < parts.Length && parts[part] == Folders)
            {
                // At the end it wants at least one name; elsewhere it may stand for no folder at all.
                (retryPart, retryName) = (part, part == parts.Length - 1 ? name + 1 : name);
                (part, name) = (part + 1, retryName);
            }
            else if (part < parts.Length && NameMatches(parts[part], names[name]))
            {
                (part, name) = (part + 1, name + 1);
            }
            else if (retryPart >= 0 && retryName < names.Length)
            {
                retryName++;
                (part, name) = (retryPart + 1, retryName);
            }
            else
            {
                return false;
            }
        }

        return part == parts.Length;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool NameMatches(string pattern, string name)
    {
        var (at, letter, retryAt, retryLetter) = (0, 0, -1, 0);
        while (letter < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (retryAt, retryLetter) = (at, letter);
                at++;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[letter]))
            {
                (at, letter) = (at + 1, letter + 1);
            }
            else if (retryAt >= 0)
            {
                retryLetter++;
                (at, letter) = (retryAt + 1, retryLetter);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
