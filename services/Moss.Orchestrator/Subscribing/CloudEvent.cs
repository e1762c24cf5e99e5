using System.Text.Json;
using Moss.EventStore;
using Moss.ServiceDefaults.Bus.Broker;

namespace Moss.Orchestrator.Subscribing;

/// <summary>A CloudEvents 1.0 event in structured mode: the members are its attributes.</summary>
internal sealed record CloudEvent(
    string Specversion, Guid Id, string Source, string Type, string Subject, DateTimeOffset Time, string Datacontenttype, string Dataschema, object Data)
{
    public const string ContentType = "application/cloudevents+json";

    /// <summary>As it goes out.</summary>
    public TopicMessage ToMessage(string routingKey) => new(
        routingKey, Id.ToString(), Type, ContentType, Time, JsonSerializer.SerializeToUtf8Bytes(this, StoredJson.Options));
}
