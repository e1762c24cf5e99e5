namespace Moss.Adapters.Tests.CodingAgents.Providers;

public sealed class CodexConformanceTests() : AgentConformance("codex", "openai-responses", "gpt-5.5");

public sealed class ClaudeConformanceTests() : AgentConformance("claude", "anthropic", "claude-sonnet-4-5");

public sealed class OpenAiApiConformanceTests() : AgentConformance("openai-api", "openai-chat");

public sealed class AnthropicApiConformanceTests() : AgentConformance("anthropic-api", "anthropic");

[Trait("Duration", "long")]
public sealed class OpenCodeConformanceTests() : AgentConformance("opencode", "openai-chat");

[Trait("Duration", "long")]
public sealed class QwenConformanceTests() : AgentConformance("qwen", "openai-chat");

[Trait("Duration", "long")]
public sealed class GeminiConformanceTests() : AgentConformance("gemini", "gemini", "gemini-2.5-flash")
{
    /// <summary>Its tool for editing does not find a file with a double quote in its name.</summary>
    protected override string OddName => "src/it's the one.py";

    /// <summary>Its model is a cheap one.</summary>
    protected override decimal Fortune => 0.04m;
}

[Trait("Duration", "long")]
public sealed class PiConformanceTests() : AgentConformance("pi", "openai-chat");
