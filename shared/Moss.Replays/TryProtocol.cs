using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Moss.Replays;

/// <summary>
/// What <c>moss-try</c> and its server say to each other over a unix socket: one JSON object a line each way, UTF-8, camel
/// case, any number of requests on a connection, several connections at once. The server replays only scenarios of the
/// batch, on the work tree of the lease with the overlay laid over it.
/// </summary>
public static class TryProtocol
{
    /// <summary>Longest line of a request, bytes.</summary>
    public const int MaximumRequestBytes = 4 * 1024 * 1024;

    /// <summary>How both sides write it. Frozen; safe to share.</summary>
    public static JsonSerializerOptions Json { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Replay scenarios of the batch.</summary>
/// <param name="Scenarios">Ids; empty for all of the batch.</param>
public sealed record TryRequest(ImmutableArray<string> Scenarios)
{
    /// <summary>Content laid over existing files of the work tree: path relative to it, whole content. A new file is written into the tree itself.</summary>
    public ImmutableSortedDictionary<string, string> Overlay { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Ask for the lines that ran.</summary>
    public bool Coverage { get; init; }

    /// <summary>Seconds for one replay; the declared timeout when 0.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>Stop at the first scenario that does not pass.</summary>
    public bool StopAtFailure { get; init; }

    /// <summary>Ask for standard output, error, answer and transcript as well.</summary>
    public bool Trace { get; init; }
}

/// <summary>The answer: a row per scenario that ran, or an error.</summary>
public sealed record TryResponse(ImmutableArray<TryResult> Results)
{
    /// <summary>What was wrong with the request; null when nothing was.</summary>
    public string? Error { get; init; }
}

/// <summary>One replay.</summary>
/// <param name="Scenario">Id.</param>
/// <param name="Outcome">passed, failed, timedOut, crashed, infrastructureError.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Note">Why, in a line.</param>
/// <param name="Seconds">Wall clock.</param>
public sealed record TryResult(string Scenario, string Outcome, double Score, string Note, double Seconds)
{
    /// <summary>Score by keypoint.</summary>
    public ImmutableSortedDictionary<string, double> Keypoints { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Lines that ran, by file relative to the work tree.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>> Coverage { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty;

    /// <summary>Present when asked for.</summary>
    public ReplayTrace? Trace { get; init; }
}
