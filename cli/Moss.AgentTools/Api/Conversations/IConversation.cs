using System.Collections.Immutable;
using Moss.AgentTools.Api.Tools;

namespace Moss.AgentTools.Api.Conversations;

/// <summary>A conversation with a model, which it remembers. The protocols differ behind it, and nowhere else.</summary>
internal interface IConversation : IDisposable
{
    /// <summary>Gets the model's next answer. Never throws for anything that a server does.</summary>
    /// <param name="answers">What the tools said that its last answer called, each once and in order; none the first time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ModelReply> AskAsync(ImmutableArray<ToolAnswer> answers, CancellationToken cancellationToken);
}

/// <summary>How a conversation begins.</summary>
/// <param name="Model">As its server knows it.</param>
/// <param name="Address">Base URL of the server.</param>
/// <param name="Key">The key for it.</param>
/// <param name="System">What the model is told of its place.</param>
/// <param name="Prompt">What it is to do.</param>
/// <param name="Tools">What it may call.</param>
internal sealed record Opening(string Model, Uri Address, string Key, string System, string Prompt, ImmutableArray<ToolOffer> Tools)
{
    /// <summary>Requests made again when the first found no answer. Moss knows better what to do about an outage.</summary>
    public const int Retries = 1;

    /// <summary>For one answer; Moss's proxy is stricter about silence.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(10);
}
