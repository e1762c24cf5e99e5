using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Moss.Containers.Recreation;

/// <summary>
/// What changes though nobody asked for it. A value that equals the old image's may have been given by a person all the same; the
/// engine does not tell, so that it is said where the new image has another one.
/// </summary>
internal static class Differences
{
    private static readonly string[] Single = ["User", "WorkingDir", "StopSignal", "Entrypoint", "Cmd", "Healthcheck"];

    public static ImmutableArray<string> Of(SeenJson seen) =>
    [
        .. Entries(seen.Config["Env"], seen.OldDefaults["Env"], seen.NewDefaults["Env"]).Order(StringComparer.Ordinal).Select(change => $"environment: {change}"),
        .. Single.Where(key => Same(seen.Config[key], seen.OldDefaults[key]) && !Same(seen.OldDefaults[key], seen.NewDefaults[key]))
            .Select(key => $"{key}: {Shown(seen.OldDefaults[key])}, the old image's, becomes {Shown(seen.NewDefaults[key])}"),
    ];

    private static IEnumerable<string> Entries(JsonNode? given, JsonNode? before, JsonNode? after)
    {
        var (mine, old, coming) = (Variables(given), Variables(before), Variables(after));
        return old.Where(entry => mine.TryGetValue(entry.Key, out var value) && value == entry.Value && coming.GetValueOrDefault(entry.Key) != entry.Value)
            .Select(entry => $"{entry.Key}={entry.Value}, the old image's, {(coming.TryGetValue(entry.Key, out var next) ? $"becomes {next}" : "goes")}");
    }

    private static Dictionary<string, string> Variables(JsonNode? list)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in (list as JsonArray ?? []).Select(entry => entry!.GetValue<string>().Split('=', 2)))
        {
            variables[entry[0]] = entry.Length == 2 ? entry[1] : "";
        }

        return variables;
    }

    private static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "nothing";
}
