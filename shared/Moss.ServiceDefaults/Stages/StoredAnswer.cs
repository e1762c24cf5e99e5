using System.Text.Json;
using Moss.Contracts;
using Moss.EventStore;

namespace Moss.ServiceDefaults.Stages;

/// <summary>An answer as the ledger keeps it: the message's name below Moss.Contracts, and its JSON.</summary>
public sealed record StoredAnswer(string Message, JsonElement Body)
{
    private static readonly string Root = typeof(StageReference).Namespace + ".";

    /// <summary>Wraps a message of Moss.Contracts.</summary>
    public static StoredAnswer Of(object answer) =>
        new(answer.GetType().FullName![Root.Length..], JsonSerializer.SerializeToElement(answer, answer.GetType(), StoredJson.Options));

    /// <summary>The message.</summary>
    public object Open() =>
        Body.Deserialize(typeof(StageReference).Assembly.GetType(Root + Message, throwOnError: true)!, StoredJson.Options)!;
}
