using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Moss.Gateway.Keys;

/// <summary>Reads the keys: a section each, named like the key, with <c>Hash</c> and <c>Scopes</c>.</summary>
internal static partial class KeyReader
{
    private static readonly char[] Separators = [',', ' '];
    private static readonly string AllScopes = string.Join(", ", Scopes.All.Select(scope => scope.Text()));

    public static ImmutableArray<ApiKey> Read(IConfigurationSection section, List<string> problems)
    {
        var keys = section.GetChildren().Select(one => One(one, problems)).ToImmutableArray();
        foreach (var twice in keys.GroupBy(key => Convert.ToHexString(key.Hash.AsSpan())).Where(same => same.Key.Length > 0 && same.Count() > 1))
        {
            problems.Add($"{section.Path}: {string.Join(" and ", twice.Select(key => key.Name))} have the same hash: make a key for each");
        }

        return keys;
    }

    private static ApiKey One(IConfigurationSection section, List<string> problems)
    {
        if (!Name().IsMatch(section.Key))
        {
            problems.Add($"{section.Path}: '{section.Key}' is no name of a key: use up to 64 letters, digits, dots, dashes and underscores");
        }

        foreach (var stranger in section.GetChildren().Where(child => child.Key.ToLowerInvariant() is not ("hash" or "scopes")))
        {
            problems.Add($"{stranger.Path} is no setting: a key has Hash (its SHA-256, never the key itself) and Scopes");
        }

        return new(section.Key, Hash(section, problems), ScopesOf(section.GetSection("Scopes"), problems));
    }

    private static ImmutableArray<byte> Hash(IConfigurationSection section, List<string> problems)
    {
        var text = section["Hash"] ?? "";
        if (!HashText().IsMatch(text))
        {
            problems.Add($"{section.Path}:Hash is no SHA-256: write the 64 hex digits that `moss gateway key` prints as the hash");
            return [];
        }

        var hash = Convert.FromHexString(text);
        if (hash.AsSpan().SequenceEqual(SHA256.HashData([])) || hash.AsSpan().SequenceEqual(SHA256.HashData("\n"u8)))
        {
            problems.Add($"{section.Path}:Hash is the hash of nothing: hash the key without a line end, printf %s \"$KEY\" | sha256sum");
        }

        return [.. hash];
    }

    private static ImmutableArray<Scope> ScopesOf(IConfigurationSection section, List<string> problems)
    {
        string[] words =
        [
            .. (section.Value ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries),
            .. section.GetChildren().Select(child => child.Value ?? ""),
        ];
        foreach (var stranger in words.Where(word => Scopes.Parse(word) is null))
        {
            problems.Add($"{section.Path}: '{stranger}' is no scope: there are {AllScopes}");
        }

        if (words.Length == 0)
        {
            problems.Add($"{section.Path} is not set: name what the key may be used for, of {AllScopes}");
        }

        return [.. words.Select(Scopes.Parse).OfType<Scope>().Distinct()];
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex HashText();
}
