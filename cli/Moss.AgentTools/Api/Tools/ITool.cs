namespace Moss.AgentTools.Api.Tools;

/// <summary>Something that the model can do.</summary>
internal interface ITool
{
    ToolOffer Offer { get; }

    /// <summary>What comes of it, for the model.</summary>
    /// <exception cref="ToolException">It cannot be done; the message says why, and what to do instead.</exception>
    Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken);
}

/// <summary>A tool as the model is told of it.</summary>
/// <param name="Name">By which it is called.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">JSON Schema of its input.</param>
internal sealed record ToolOffer(string Name, string Description, string Schema);

/// <summary>A tool cannot do what it was called for: an answer for the model, and no end of the run.</summary>
internal sealed class ToolException(string message) : Exception(message);
