using System.Text.Json;
using Moss.Contracts.Orchestration;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.Orchestrator.Machine;

namespace Moss.Orchestrator.Dispatching;

/// <summary>What a stored deadline is about.</summary>
internal sealed record DeadlinePayload(Guid Evolution, StageKey? Stage)
{
    public static string Of(Guid evolution, StageKey? stage = null) =>
        JsonSerializer.Serialize(new DeadlinePayload(evolution, stage), StoredJson.Options);

    public static DeadlinePassed Read(Deadline deadline)
    {
        var payload = JsonSerializer.Deserialize<DeadlinePayload>(deadline.Payload, StoredJson.Options)!;
        return new(payload.Evolution, deadline.Kind, payload.Stage?.ToReference(), deadline.Due);
    }
}
