using System.Collections.Immutable;
using Moss.CodingAgents.Memories;
using Moss.Testing.Artifacts;

namespace Moss.Adapters.Tests.CodingAgents.Memories;

public sealed class AgentMemoriesTests
{
    private static readonly AgentMemory Memory = new("claude", "s-1", ImmutableSortedDictionary<string, byte[]>.Empty.Add("a/log", [0, 1, 255]).Add("b", []));

    private readonly InMemoryArtifactStore artifacts = new();
    private readonly InMemoryStageLedger ledger = new();

    private AgentMemories Memories => new(artifacts, ledger);

    [Fact]
    public async Task A_session_is_found_by_whoever_plays_the_next_round()
    {
        await Memories.KeepAsync("e.i1.plan.r1", Memory, CancellationToken.None);

        var found = (await Memories.FindAsync("e.i1.plan.r1", CancellationToken.None)).ShouldNotBeNull();

        (found.Agent, found.Session).ShouldBe(("claude", "s-1"));
        found.Files.Select(file => (file.Key, Convert.ToHexString(file.Value))).ShouldBe([("a/log", "0001FF"), ("b", "")]);
    }

    [Fact]
    public async Task Another_round_has_none()
    {
        await Memories.KeepAsync("e.i1.plan.r1", Memory, CancellationToken.None);

        (await Memories.FindAsync("e.i1.plan.r2", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_first_that_is_kept_of_a_round_stays()
    {
        await Memories.KeepAsync("e.i1.plan.r1", Memory, CancellationToken.None);
        await Memories.KeepAsync("e.i1.plan.r1", Memory with { Session = "s-2" }, CancellationToken.None);

        (await Memories.FindAsync("e.i1.plan.r1", CancellationToken.None))!.Session.ShouldBe("s-1");
    }

    [Fact]
    public async Task A_session_that_is_not_whole_any_more_is_none()
    {
        await Memories.KeepAsync("e.i1.plan.r1", Memory, CancellationToken.None);

        (await new AgentMemories(new InMemoryArtifactStore(), ledger).FindAsync("e.i1.plan.r1", CancellationToken.None)).ShouldBeNull();
    }
}
