using System.Buffers;

namespace Moss.ModelProxy.Protocols;

/// <summary>Something that may be asked of an upstream.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Relative to the base, with a leading slash; <c>*</c> stands for any text within a segment.</param>
/// <param name="Metered">False for what costs nothing.</param>
internal sealed record ModelRoute(string Method, string Path, bool Metered)
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:@/-");

    /// <summary>A route as it is written in the settings: <c>POST /chat/completions</c>; null when it is none.</summary>
    public static ModelRoute? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["GET" or "POST", ['/', ..]] && IsPlain(words[1].Replace('*', 'x')) ? new(words[0], words[1], words[0] == "POST") : null;
    }

    /// <summary>Whether a request is this. A path with anything unusual in it, such as an encoded slash or <c>..</c>, never is.</summary>
    public bool Matches(string method, string path)
    {
        var (wanted, given) = (Path.Split('/'), path.Split('/'));
        return method == Method && IsPlain(path) && wanted.Length == given.Length && wanted.Zip(given).All(pair => Fits(pair.First, pair.Second));
    }

    private static bool IsPlain(string path) =>
        !path.AsSpan().ContainsAnyExcept(Plain) && path.Split('/').Skip(1).All(segment => segment is not ("" or "." or ".."));

    private static bool Fits(string pattern, string segment)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? pattern == segment
            : segment.Length >= pattern.Length
                && segment.StartsWith(pattern[..star], StringComparison.Ordinal)
                && segment.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal);
    }
}
