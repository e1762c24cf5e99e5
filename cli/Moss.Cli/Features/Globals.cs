using System.CommandLine;

namespace Moss.Cli.Features;

/// <summary>Options that every command takes.</summary>
internal static class Globals
{
    private const string Variable = "MOSS_URL";
    private const string KeyVariable = "MOSS_API_KEY";
    private const string Default = "http://127.0.0.1:8080";

    public static Option<bool> AsJson { get; } = new("--json") { Description = "Print one JSON document instead of text", Recursive = true };

    public static Option<string?> Url { get; } = new("--url")
    {
        Description = $"Where Moss is (default: {Variable}, then {Default})",
        Recursive = true,
    };

    public static Option<string?> ApiKey { get; } = new("--api-key")
    {
        Description = $"The key that the gateway asks for (default: {KeyVariable}; better there, where other users of the machine cannot read it)",
        Recursive = true,
    };

    /// <summary>The key that goes with every request, from the option, else from the environment; null for none.</summary>
    public static string? KeyOf(ParseResult parsed)
    {
        var (place, key) = parsed.GetValue(ApiKey) is { } given ? ("--api-key", given) : (KeyVariable, Environment.GetEnvironmentVariable(KeyVariable));
        return string.IsNullOrEmpty(key) || key.All(sign => sign is > ' ' and <= '~')
            ? key is { Length: > 0 } ? key : null
            : throw new UsageException(place, "the key has spaces or signs that no key has", "give the key alone, as `moss gateway key` printed it");
    }

    /// <summary>Where Moss is, from the option, else from the environment.</summary>
    public static Uri AddressOf(ParseResult parsed)
    {
        var (place, text) = parsed.GetValue(Url) is { } given ? ("--url", given) : (Variable, Environment.GetEnvironmentVariable(Variable) ?? Default);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new UsageException(place, $"'{text}' is no address of a web server", $"write it like {Default}");
    }
}
