using Microsoft.Net.Http.Headers;

namespace Moss.Gateway.Keys;

/// <summary>The key that a request carries.</summary>
internal abstract record PresentedKey
{
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer ";

    private PresentedKey()
    {
    }

    public sealed record One(string Text) : PresentedKey;

    public sealed record None : PresentedKey;

    /// <summary>More than one, or one in a way that is not understood.</summary>
    public sealed record Unclear(string Field, string Reason) : PresentedKey;

    public static PresentedKey Of(IHeaderDictionary headers)
    {
        string[] authorization = [.. headers.Authorization.OfType<string>()];
        string[] own = [.. headers[Header].OfType<string>()];
        return (authorization, own) switch
        {
            ([], []) => new None(),
            ([var bearer], []) when bearer.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => new One(bearer[Bearer.Length..].Trim()),
            ([], [var key]) => new One(key.Trim()),
            ([_], []) => new Unclear(HeaderNames.Authorization, "the authorization is no bearer's"),
            _ => new Unclear(HeaderNames.Authorization, "the request carries more than one key"),
        };
    }
}
