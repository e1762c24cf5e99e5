using System.Collections.Immutable;
using Moss.CodingAgents.Providers.Api;
using Moss.CodingAgents.Providers.Claude;
using Moss.CodingAgents.Providers.Codex;
using Moss.CodingAgents.Providers.Gemini;
using Moss.CodingAgents.Providers.OpenCode;
using Moss.CodingAgents.Providers.Pi;
using Moss.CodingAgents.Providers.Qwen;
using Moss.Substrates;

namespace Moss.CodingAgents.Providers;

/// <summary>The agents with a model that Moss knows by name. Each asks its model through Moss's proxy and reaches nothing else,
/// unless a person lends it a login.</summary>
public static class Catalog
{
    private static readonly ImmutableSortedDictionary<string, Func<AgentModel?, ICodingAgent>> All = new Dictionary<string, Func<AgentModel?, ICodingAgent>>
    {
        ["anthropic-api"] = model => new ApiCodingAgent("anthropic-api", ApiCodingAgent.Messages, AskedModel.Of(model, "anthropic", "claude-sonnet-4-5")),
        ["claude"] = model => new ClaudeCodingAgent(AskedModel.Of(model, "anthropic", "claude-sonnet-4-5")),
        ["codex"] = model => new CodexCodingAgent(AskedModel.Of(model, "openai", "gpt-5.5")),
        ["gemini"] = model => new GeminiCodingAgent(AskedModel.Of(model, "gemini", "gemini-2.5-pro")),
        ["openai-api"] = model => new ApiCodingAgent("openai-api", ApiCodingAgent.Chat, AskedModel.Of(model, "openai-chat", "gpt-5.5")),
        ["opencode"] = model => new OpenCodeCodingAgent(AskedModel.Of(model, "openai-chat", "gpt-5.5")),
        ["pi"] = model => new PiCodingAgent(AskedModel.Of(model, "openai-chat", "gpt-5.5")),
        ["qwen"] = model => new QwenCodingAgent(AskedModel.Of(model, "openai-chat", "qwen3-coder-plus")),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, Func<AgentModel?, ICodingAgent>> LoggedIn = new Dictionary<string, Func<AgentModel?, ICodingAgent>>
    {
        ["claude"] = model => new ClaudeCodingAgent(AskedModel.Of(model, "anthropic", "claude-sonnet-4-5") with { IsLoggedIn = true }),
        ["codex"] = model => new CodexCodingAgent(AskedModel.Of(model, "openai", "gpt-5.5") with { IsLoggedIn = true }),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Their names, sorted.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Names of those that can go to their model by themselves, with the login of a person, sorted.</summary>
    public static IEnumerable<string> WithLogin => LoggedIn.Keys;

    /// <summary>Whether an agent is the one of its name here, and no command of a substrate that has taken its place.</summary>
    public static bool Owns(ICodingAgent agent) => Create(agent.Name)?.GetType() == agent.GetType();

    /// <summary>The agent of this name; null when Moss knows none.</summary>
    /// <param name="name">As in <c>moss.yaml</c>.</param>
    /// <param name="model">What <c>agents.models</c> says of it; null for the usual model.</param>
    /// <param name="loggedIn">True when its program has the login of a person and goes to its model by itself.</param>
    public static ICodingAgent? Create(string name, AgentModel? model = null, bool loggedIn = false) =>
        (loggedIn ? LoggedIn : All).GetValueOrDefault(name)?.Invoke(model);
}
