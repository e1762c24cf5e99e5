using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.Domain.Promotion;
using Moss.EventStore;

namespace Moss.Records;

/// <summary>What the event store says of an evolution whose candidate somebody is asked to allow.</summary>
/// <param name="Requester">Who asked for the evolution; null when nothing of it is stored.</param>
/// <param name="Verdict">Hash of the event of its last ruling, in its chain; null when it was never ruled on.</param>
public sealed record ConsentRecord(string? Requester, string? Verdict)
{
    /// <summary>Reads it.</summary>
    public static async Task<ConsentRecord> ReadAsync(IEventReader events, Guid evolution, CancellationToken cancellationToken)
    {
        var record = new ConsentRecord(null, null);
        await foreach (var stored in events.ReadStreamAsync(new StreamId($"evolution-{evolution:n}"), 0, cancellationToken))
        {
            record = stored.Data switch
            {
                EvolutionStarted started => record with { Requester = started.RequestedBy },
                IterationRuled => record with { Verdict = stored.Hash },
                _ => record,
            };
        }

        return record;
    }

    /// <summary>What would be replaced, by the deployment's record alone; null when nothing would be.</summary>
    public static async Task<string?> TargetOfAsync(IEventReader events, string substrate, CancellationToken cancellationToken)
    {
        var deployment = DeploymentState.None;
        await foreach (var stored in events.ReadStreamAsync(new StreamId($"deployment-{substrate}"), 0, cancellationToken))
        {
            deployment = deployment.Apply((DeploymentEvent)stored.Data);
        }

        return ConsentTarget.Of(deployment);
    }
}
