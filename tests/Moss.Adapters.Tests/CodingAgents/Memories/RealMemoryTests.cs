using Moss.CodingAgents;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Substrates;
using Moss.Testing;
using Moss.Testing.Models.Scripts;

namespace Moss.Adapters.Tests.CodingAgents.Memories;

/// <summary>The real programs, whose second round is played in another HOME.</summary>
public abstract class RealMemory(string provider, string protocol, string model)
{
    [Fact]
    public async Task An_author_whose_work_was_rejected_goes_on_with_its_session()
    {
        await using var proxy = await ProxyBench.StartAsync(protocol);
        using var bench = new AgentBench { Models = proxy.Proxy, ToolFolders = [.. AgentPrograms.FoldersFor(provider)], Timeout = TimeSpan.FromSeconds(120) };
        var agent = Catalog.Create(provider, new AgentModel { Upstream = "stub", Name = model })!;
        proxy.Model.Answer = ScriptedModel.Plays(ModelScript.Of(new ModelTurn.Say("My first try.\n\n```json\n{\"subject\":\"One\"}\n```")));
        var first = await bench.RunAsync(RoleCatalog.Implement, agent);
        var memory = first.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Memory.ShouldNotBeNull();
        proxy.Model.Answer = ScriptedModel.Plays(ModelScript.Of(new ModelTurn.Say("My second try.\n\n```json\n{\"subject\":\"Two\"}\n```")));

        var task = bench.Task(Role.Implement);
        var second = await bench.Session().RunAsync(
            agent, RoleCatalog.Implement, task with { Memory = memory, Facts = task.Facts with { Feedback = "It is too long." } }, null, CancellationToken.None);

        second.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Report.Subject.ShouldBe("Two");
        var asked = proxy.Model.Requests.Where(request => request.Body.Contains("It is too long.", StringComparison.Ordinal)).ToList();
        asked.ShouldNotBeEmpty();
        asked.ShouldAllBe(request => request.Body.Contains("My first try.", StringComparison.Ordinal) && request.Body.Contains("# Make the change", StringComparison.Ordinal));
    }
}

public sealed class CodexMemoryTests() : RealMemory("codex", "openai-responses", "gpt-5.5");

public sealed class ClaudeMemoryTests() : RealMemory("claude", "anthropic", "claude-sonnet-4-5");

[Trait("Duration", "long")]
public sealed class OpenCodeMemoryTests() : RealMemory("opencode", "openai-chat", "m");

[Trait("Duration", "long")]
public sealed class QwenMemoryTests() : RealMemory("qwen", "openai-chat", "m");

[Trait("Duration", "long")]
public sealed class GeminiMemoryTests() : RealMemory("gemini", "gemini", "gemini-2.5-flash");

[Trait("Duration", "long")]
public sealed class PiMemoryTests() : RealMemory("pi", "openai-chat", "m");
