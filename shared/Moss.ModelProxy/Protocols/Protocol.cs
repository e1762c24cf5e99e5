using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Protocols;

/// <summary>What differs between the languages that models are spoken to in. Pure.</summary>
internal abstract class Protocol
{
    public static ImmutableArray<Protocol> All { get; } = [new ChatProtocol(), new ResponsesProtocol(), new MessagesProtocol(), new GeminiProtocol()];

    /// <summary>The word in the settings.</summary>
    public abstract string Word { get; }

    /// <summary>What clients expect behind the address of their base URL, and the upstream's address has already.</summary>
    public abstract string BasePath { get; }

    /// <summary>What may be asked unless the settings say otherwise; paths are relative to the base.</summary>
    public abstract ImmutableArray<ModelRoute> Routes { get; }

    /// <summary>What a request asks for.</summary>
    /// <param name="path">Relative to the base.</param>
    /// <param name="body">Its JSON.</param>
    public abstract ModelAsk Ask(string path, JsonObject body);

    /// <summary>Changes a request so that its answer says what it used.</summary>
    /// <returns>True when something was changed.</returns>
    public virtual bool AskForUsage(JsonObject body) => false;

    /// <summary>Adds what one message of an answer says: the whole body, or one event.</summary>
    public abstract UsageSoFar Read(UsageSoFar before, JsonElement message);

    /// <summary>The headers of the key that the upstream wants.</summary>
    public abstract (string Name, string Value) KeyHeader(string key);

    /// <summary>An error as clients of this protocol read it.</summary>
    public abstract JsonObject Error(Refusal refusal);
}

/// <summary>What a request asks for.</summary>
/// <param name="Model">Name of the model; empty when it does not say.</param>
/// <param name="MaximumOutput">Most tokens that may be written, all choices together; null when it does not say.</param>
internal sealed record ModelAsk(string Model, long? MaximumOutput);
