namespace Moss.Adapters.Tests.CodingAgents.Providers;

public sealed class CodexConformanceTests() : AgentConformance("codex");

public sealed class ClaudeConformanceTests() : AgentConformance("claude");

public sealed class OpenAiApiConformanceTests() : AgentConformance("openai-api");

public sealed class AnthropicApiConformanceTests() : AgentConformance("anthropic-api");

[Trait("Duration", "long")]
public sealed class OpenCodeConformanceTests() : AgentConformance("opencode");

[Trait("Duration", "long")]
public sealed class QwenConformanceTests() : AgentConformance("qwen");

[Trait("Duration", "long")]
public sealed class GeminiConformanceTests() : AgentConformance("gemini");

[Trait("Duration", "long")]
public sealed class PiConformanceTests() : AgentConformance("pi");
