using System.Collections.Immutable;
using Moss.CodingAgents;
using Moss.CodingAgents.Providers;
using Moss.Substrates;

namespace Moss.AgentChecks.Checks;

/// <summary>An agent that is put to the checks, and in what it differs from the others.</summary>
/// <param name="Agent">Whose model is the upstream <c>stub</c>.</param>
/// <param name="Protocol">Which its model speaks.</param>
internal sealed record AgentSubject(ICodingAgent Agent, string Protocol)
{
    /// <summary>Where its program is, with every folder that it needs; none for a part of Moss.</summary>
    public ImmutableArray<string> ToolFolders { get; init; } = [];

    /// <summary>A file with a name that shells and patches stumble over.</summary>
    public string OddName { get; init; } = "src/it's \"the\" one.py";

    /// <summary>Money for some turns.</summary>
    public decimal Fortune { get; init; } = 1;

    /// <summary>Where broken streams are tried again for longer than a check may last, the wall clock ends it.</summary>
    public TimeSpan BrokenTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Wall clock of the loop that ends with the money.</summary>
    public TimeSpan LoopTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>What an agent that Moss knows by name speaks, the model that its program accepts, and its peculiarities.</summary>
    /// <exception cref="ArgumentException">Moss knows no agent of that name.</exception>
    public static AgentSubject Of(string name, ImmutableArray<string> toolFolders) => (name switch
    {
        "codex" => Known(name, "openai-responses", "gpt-5.5"),
        "claude" => Known(name, "anthropic", "claude-sonnet-4-5"),
        "anthropic-api" => Known(name, "anthropic"),
        // Its tool for editing does not find a file with a double quote in its name, and its model is a cheap one.
        "gemini" => Known(name, "gemini", "gemini-2.5-flash") with { OddName = "src/it's the one.py", Fortune = 0.04m },
        "openai-api" or "opencode" or "pi" or "qwen" => Known(name, "openai-chat"),
        _ => throw new ArgumentException($"Moss knows no agent '{name}': use one of {string.Join(", ", Catalog.Names)}", nameof(name)),
    }) with { ToolFolders = toolFolders };

    private static AgentSubject Known(string name, string protocol, string model = "m") =>
        new(Catalog.Create(name, new AgentModel { Upstream = "stub", Name = model })!, protocol);
}
