using System.Collections.Immutable;
using System.Text.Json;
using Moss.Domain.Judgement;
using Moss.Replays.Json;

namespace Moss.Replays.Trying;

/// <summary>Answers one request: checks it against the lease, replays, and says what came out.</summary>
internal sealed class TryDesk(TryLease lease, IReplayer replayer) : IDisposable
{
    private readonly SemaphoreSlim slots = new(lease.Parallelism);
    private int replays;

    public int Replays => Volatile.Read(ref replays);

    public static TryResponse Refuse(string error) => new([]) { Error = error };

    public void Dispose() => slots.Dispose();

    public async Task<TryResponse> AnswerAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (Read(line.Span, out var problem) is not { } request)
        {
            return Refuse(problem);
        }

        if (TryChecks.Problem(lease, request) is { } refused)
        {
            return Refuse(refused);
        }

        ImmutableArray<Scenario> scenarios = request.Scenarios.IsDefaultOrEmpty
            ? lease.Scenarios
            : [.. request.Scenarios.Select(id => lease.Scenarios.First(scenario => scenario.Id == id))];
        return new(request.StopAtFailure
            ? await UntilFailureAsync(request, scenarios, cancellationToken)
            : [.. await Task.WhenAll(scenarios.Select(scenario => ReplayAsync(request, scenario, cancellationToken)))]);
    }

    private async Task<ImmutableArray<TryResult>> UntilFailureAsync(TryRequest request, ImmutableArray<Scenario> scenarios, CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<TryResult>();
        foreach (var scenario in scenarios)
        {
            var result = await ReplayAsync(request, scenario, cancellationToken);
            results.Add(result);
            if (result.Outcome != Word(TrialOutcome.Passed))
            {
                break;
            }
        }

        return results.ToImmutable();
    }

    private async Task<TryResult> ReplayAsync(TryRequest request, Scenario scenario, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Increment(ref replays);
            var replay = await replayer.ReplayAsync(
                new(lease.Trial, new ReplaySource.Tree(lease.WorkTree), scenario, lease.GraderFolder)
                {
                    Overlay = request.Overlay,
                    Hidden = [lease.ScenarioFolder],
                    WithCoverage = request.Coverage,
                    Timeout = request.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(Math.Min(request.TimeoutSeconds, lease.Trial.Timeout.TotalSeconds)) : null,
                },
                cancellationToken);
            return new(scenario.Id, Word(replay.Outcome), replay.Score, replay.Note, replay.Duration.TotalSeconds)
            {
                Keypoints = replay.Keypoints.ToImmutableSortedDictionary(keypoint => keypoint.Keypoint, keypoint => keypoint.Score, StringComparer.Ordinal),
                Coverage = replay.Coverage,
                Trace = request.Trace ? replay.Trace : null,
            };
        }
        finally
        {
            slots.Release();
        }
    }

    private static TryRequest? Read(ReadOnlySpan<byte> line, out string problem)
    {
        const string Fix = "send one JSON object a line: {\"scenarios\": [], \"overlay\": {}, \"coverage\": false}";
        if (!JsonText.TryParse(line, out var json, out problem))
        {
            problem = $"the request {problem}; {Fix}";
            return null;
        }

        try
        {
            var request = json.Deserialize<TryRequest>(TryProtocol.Json);
            problem = request is null ? $"the request is null; {Fix}" : "";
            return request;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            problem = $"{(wrong as JsonException)?.Path ?? "$"} has the wrong type; {Fix}";
            return null;
        }
    }

    private static string Word(TrialOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
