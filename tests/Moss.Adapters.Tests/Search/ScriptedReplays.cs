using System.Collections.Immutable;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

/// <summary>Answers replays from a function of the text of the only file; no program runs.</summary>
internal sealed class ScriptedReplays(string original, IReadOnlyList<string> batch, Func<string, string, double> score) : IReplays
{
    private int _requests;

    public int Requests => _requests;

    /// <summary>Called before each answer with how many there were.</summary>
    public Action<int> OnRequest { get; init; } = _ => { };

    public async Task<TryResponse> ReplayAsync(TryRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        OnRequest(Interlocked.Increment(ref _requests));
        cancellationToken.ThrowIfCancellationRequested();
        var text = request.Overlay.GetValueOrDefault("a.py") ?? original;
        return new TryResponse([.. (request.Scenarios.IsEmpty ? batch : request.Scenarios).Select(id => Grade(id, score(text, id)))]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TryResult Grade(string id, double score) => new(id, score >= 1 ? "passed" : "failed", score, "", 0.01);
}
