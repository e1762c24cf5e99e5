using System.Text;
using System.Text.RegularExpressions;

namespace Moss.Domain.Implementation;

/// <summary>
/// A pattern over paths of a repository (forward slashes): <c>*</c> and <c>?</c> stay within a folder, <c>**</c> crosses
/// folders, everything else is literal and case matters. <c>folder/</c> means all that lies in it.
/// </summary>
public sealed class PathGlob
{
    private readonly Regex regex;

    /// <summary>Compiles a pattern. Every text is a pattern, so this does not throw.</summary>
    public PathGlob(string pattern)
    {
        Pattern = pattern;
        regex = new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>As written.</summary>
    public string Pattern { get; }

    /// <summary>True when the whole path fits.</summary>
    public bool Matches(string path) => regex.IsMatch(path);

    private static string Translate(string pattern)
    {
        var glob = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern;
        glob = glob.EndsWith('/') ? glob + "**" : glob;
        var text = new StringBuilder(@"\A");
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob[i] == '*' && i + 1 < glob.Length && glob[i + 1] == '*')
            {
                var wholeFolders = i + 2 < glob.Length && glob[i + 2] == '/' && (i == 0 || glob[i - 1] == '/');
                text.Append(wholeFolders ? @"(?:[^/]+/)*" : @"(?s:.*)");
                i += wholeFolders ? 2 : 1;
            }
            else
            {
                text.Append(glob[i] switch { '*' => "[^/]*", '?' => "[^/]", var literal => Regex.Escape(literal.ToString()) });
            }
        }

        return text.Append(@"\z").ToString();
    }
}
