using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moss.AgentTools.Try;

/// <summary>Replay scenarios of the batch; all of them when none is named.</summary>
internal sealed record TryRequest(ImmutableArray<string> Scenarios)
{
    public ImmutableSortedDictionary<string, string> Overlay { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public bool Coverage { get; init; }

    /// <summary>For one replay; the declared timeout when 0.</summary>
    public double TimeoutSeconds { get; init; }

    public bool StopAtFailure { get; init; }

    public bool Trace { get; init; }
}

internal sealed record TryResponse(ImmutableArray<TryResult> Results)
{
    public string? Error { get; init; }
}

internal sealed record TryResult(string Scenario, string Outcome, double Score, string Note, double Seconds)
{
    public ImmutableSortedDictionary<string, double> Keypoints { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    public ImmutableSortedDictionary<string, ImmutableArray<int>> Coverage { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty;

    public ReplayTrace? Trace { get; init; }

    [JsonIgnore]
    public bool Passed => Outcome == "passed";

    [JsonIgnore]
    public bool TimedOut => Outcome == "timedOut";
}

internal sealed record ReplayTrace(string Output, string Error, string Transcript, string Answer);

internal static class Wire
{
    /// <summary>Camel case, nothing escaped that need not be.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
