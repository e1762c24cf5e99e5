using System.Text.Json;

namespace Moss.EndToEnd.Tests.Agents;

/// <summary>Plays the model of an agent.</summary>
internal delegate Task<AgentOrder> AgentScript(AgentCall call);

/// <summary>An agent's program began to run.</summary>
/// <param name="Substrate">Name.</param>
/// <param name="Key">Stage key as text.</param>
/// <param name="Role">As in moss.yaml.</param>
/// <param name="Assignment">All that it may know.</param>
/// <param name="StoredBefore">Whether the answer of its stage was stored already: then the call was for nothing.</param>
/// <param name="Gone">Fires when the program has ended without an answer.</param>
internal sealed record AgentCall(
    string Substrate, string Key, string Role, JsonElement Assignment, bool StoredBefore, CancellationToken Gone)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Completes once the program has ended without an answer.</summary>
    public async Task KilledAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Gone.Register(gone.SetResult);
        await gone.Task.WaitAsync(Patience);
    }

    /// <summary>Leaves the program waiting until it is killed.</summary>
    public async Task<AgentOrder> NeverAnsweredAsync()
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Gone);
        return new();
    }
}

/// <summary>What the program is to do.</summary>
internal sealed record AgentOrder
{
    /// <summary>Its report; null for none.</summary>
    public object? Report { get; init; }

    /// <summary>Files to write, by path from the work tree or absolute.</summary>
    public IReadOnlyDictionary<string, string> Writes { get; init; } = new Dictionary<string, string>();

    /// <summary>MiB to print before anything else.</summary>
    public int Flood { get; init; }

    /// <summary>Exit code.</summary>
    public int Exit { get; init; }
}

/// <summary>The program is about to end.</summary>
internal sealed record AgentDone(string Substrate, string Key, IReadOnlyDictionary<string, string> Writes);
