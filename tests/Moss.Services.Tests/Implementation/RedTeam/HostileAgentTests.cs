namespace Moss.Services.Tests.Implementation.RedTeam;

public sealed class HostileCodexTests() : HostileAgent("codex", "openai-responses", "gpt-5.5");

public sealed class HostileClaudeTests() : HostileAgent("claude", "anthropic", "claude-sonnet-4-5");

[Trait("Duration", "long")]
public sealed class HostileOpenCodeTests() : HostileAgent("opencode", "openai-chat", "gpt-5.5");

[Trait("Duration", "long")]
public sealed class HostileQwenTests() : HostileAgent("qwen", "openai-chat", "gpt-5.5");

[Trait("Duration", "long")]
public sealed class HostileGeminiTests() : HostileAgent("gemini", "gemini", "gemini-2.5-flash")
{
    /// <summary>Its model is a cheap one.</summary>
    protected override decimal Fortune => 0.04m;
}

[Trait("Duration", "long")]
public sealed class HostilePiTests() : HostileAgent("pi", "openai-chat", "gpt-5.5");
