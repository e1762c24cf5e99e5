using System.Text.Json;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Promotion;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Recording;

public sealed class AnchorKeeperTests : IDisposable
{
    private static readonly EvolutionEnded End = new(Verdict.Converged, "it serves", true, false);

    private readonly AnchorBench bench = new();
    private readonly EvolutionFacts facts = new(Guid.NewGuid());

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_anchor_says_where_the_streams_of_an_evolution_ended_and_everything_before()
    {
        await bench.Store.AppendAsync(
            new StreamId("deployment-desk"), ExpectedVersion.NoStream,
            [new(Guid.NewGuid(), new LastKnownGoodKept(new DeployedVersion("a", "b", "a"), EvolutionFacts.Monday), new("desk", "", "test", EvolutionFacts.Monday))], CancellationToken.None);
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.AwaitingConsent), End]);
        using var life = bench.Start();
        await life.ReadAsync();

        var anchor = bench.Anchor(facts);
        var last = (await bench.Store.ReadFeedAsync(0, 1000, CancellationToken.None))[^1];
        anchor.GetProperty("substrate").GetString().ShouldBe("desk");
        anchor.GetProperty("event").GetString().ShouldBe("evolution.ended.v1");
        var streams = anchor.GetProperty("streams").EnumerateArray().ToDictionary(stream => stream.GetProperty("stream").GetString()!);
        streams.Keys.ShouldBe([$"evolution-{facts.Id:n}", "deployment-desk"], ignoreOrder: true);
        streams[last.Stream.Value].GetProperty("version").GetInt64().ShouldBe(last.Version);
        streams[last.Stream.Value].GetProperty("hash").GetString().ShouldBe(last.Hash);
        anchor.GetProperty("feed").GetProperty("position").GetInt64().ShouldBe(last.Position);
        (await bench.Store.VerifyAsync(AnchorsOf(anchor), CancellationToken.None)).Ok.ShouldBeTrue();
        bench.Repository.Show("moss/audit", "README.md").ShouldContain("moss audit verify --anchors");
        bench.Repository.Git("log", "-1", "--format=%an %s", "moss/audit").ShouldBe("Moss Bring moss/audit up to date");
    }

    [Fact]
    public async Task A_ruling_is_anchored_before_anything_follows_from_it()
    {
        using var life = bench.Start();
        await bench.HappensAsync(facts, facts.UpTo(Phase.AwaitingConsent));
        await life.ReadAsync();

        bench.Anchor(facts).GetProperty("event").GetString().ShouldBe("evolution.iteration-ruled.v1");

        await bench.HappensAsync(facts, End);
        await life.ReadAsync();

        bench.Anchor(facts).GetProperty("event").GetString().ShouldBe("evolution.ended.v1");
        bench.Commits.ShouldBe(2);
        bench.Repository.Git("log", "-1", "--format=%s", "moss/audit").ShouldStartWith($"Anchor evolution {facts.Id} at version ");
    }

    [Fact]
    public async Task Whoever_comes_after_a_process_that_was_killed_at_any_event_writes_what_it_left_out()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.AwaitingConsent), End]);
        var last = await bench.Store.LastPositionAsync(CancellationToken.None);
        using (var killed = bench.Start())
        {
            await killed.ReadAsync(upTo: last - 1);
            bench.Repository.Git("branch", "--list", "moss/audit").ShouldBeEmpty("it had not caught up yet");
        }

        using var next = bench.Start();
        await next.ReadAsync();

        bench.Anchor(facts).GetProperty("event").GetString().ShouldBe("evolution.ended.v1");
        bench.Commits.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_starts_again_writes_nothing_that_is_there()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.AwaitingConsent), End]);
        using (var first = bench.Start())
        {
            await first.ReadAsync();
        }

        var commit = bench.Repository.Git("rev-parse", "moss/audit");
        using var second = bench.Start();
        await second.ReadAsync();

        bench.Repository.Git("rev-parse", "moss/audit").ShouldBe(commit);
        second.Desk.Owed.ShouldBe(0);
    }

    [Fact]
    public async Task An_event_that_comes_twice_counts_once()
    {
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.AwaitingConsent), End]);
        using var life = bench.Start();
        await life.ReadAsync();
        foreach (var stored in await bench.Store.ReadFeedAsync(3, 1000, CancellationToken.None))
        {
            await life.Keeper.HandleAsync(stored, CancellationToken.None);
        }

        bench.Commits.ShouldBe(1);
        await bench.HappensAsync(facts, new EvolutionRestarted("ann"), End);
        await life.ReadAsync();
        (await bench.Store.VerifyAsync(AnchorsOf(bench.Anchor(facts)), CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task A_repository_that_is_away_keeps_no_other_waiting_and_is_caught_up_with()
    {
        using var folder = new TemporaryFolder();
        using var life = bench.Start();
        bench.Registered = folder.Combine("gone");
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.AwaitingConsent), End]);
        await life.ReadAsync();
        life.Desk.Owed.ShouldBe(2);

        bench.Registered = null;
        await life.Desk.RetryAsync(CancellationToken.None);
        life.Desk.Owed.ShouldBe(2);

        bench.Registered = "";
        await life.Desk.RetryAsync(CancellationToken.None);
        life.Desk.Owed.ShouldBe(0);
        bench.Anchor(facts).GetProperty("event").GetString().ShouldBe("evolution.ended.v1");
    }

    [Fact]
    public async Task What_several_evolutions_are_owed_is_one_commit()
    {
        var other = new EvolutionFacts(Guid.NewGuid());
        await bench.HappensAsync(facts, [.. facts.UpTo(Phase.AwaitingConsent), End]);
        await bench.HappensAsync(other, [.. other.UpTo(Phase.AwaitingConsent), End]);
        using var life = bench.Start();
        await life.ReadAsync();

        bench.Commits.ShouldBe(1);
        var all = new Anchors([.. AnchorsOf(bench.Anchor(facts)).Heads, .. AnchorsOf(bench.Anchor(other)).Heads], AnchorsOf(bench.Anchor(facts)).Feed);
        (await bench.Store.VerifyAsync(all, CancellationToken.None)).Ok.ShouldBeTrue();
    }

    private static Anchors AnchorsOf(JsonElement anchor) => new(
        [
            .. anchor.GetProperty("streams").EnumerateArray().Select(stream => new HeadAnchor(
                stream.GetProperty("stream").GetString()!, stream.GetProperty("version").GetInt64(), stream.GetProperty("hash").GetString()!)),
        ],
        [new FeedAnchor(anchor.GetProperty("feed").GetProperty("position").GetInt64(), anchor.GetProperty("feed").GetProperty("digest").GetString()!)]);
}
