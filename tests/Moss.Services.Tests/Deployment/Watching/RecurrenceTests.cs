using Moss.Domain.Evidence;
using Moss.Domain.Tests.Evolution;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>Failures that a promoted change was to repair and that are reported again.</summary>
public sealed class RecurrenceTests
{
    private static readonly Guid Repaired = Guid.NewGuid();
    private static readonly Guid Later = Guid.NewGuid();

    [Fact]
    public async Task Four_reports_of_the_repaired_failure_roll_back_with_their_evidence_and_batch()
    {
        await using var watched = await BegunAsync();
        await using var moss = watched.World.Moss();
        var reports = await ReportAsync(watched, 4);

        await ReadFeedAsync(watched, moss);
        await watched.LookAsync(moss);

        await watched.ShouldBeRolledBackAsync();
        var rolledBack = await watched.OnlyAsync<ProductionRolledBack>();
        rolledBack.Reason.ShouldContain("reported 4 times again");
        rolledBack.Batch.ShouldBe(Repaired);
        rolledBack.Evidence.ShouldBe(reports);
    }

    [Fact]
    public async Task Three_do_not_and_the_same_report_read_again_does_not_count_twice()
    {
        await using var watched = await BegunAsync();
        await ReportAsync(watched, 3);
        for (var life = 0; life < 3; life++)
        {
            await using var moss = watched.World.Moss();
            await ReadFeedAsync(watched, moss);
            await watched.LookAsync(moss);
        }

        (await watched.StateAsync()).Watch!.Recurrences.Length.ShouldBe(3);
        watched.Machine.Running.ShouldBe([watched.Command.Commit]);
    }

    [Theory]
    [InlineData("refund", "another fingerprint", 1)]
    [InlineData("greeting", "f1", 1)]
    [InlineData("refund", "f1", -1)]
    public async Task What_is_another_failure_or_happened_before_the_swap_does_not_count(string scenario, string fingerprint, int minutes)
    {
        await using var watched = await BegunAsync();
        await using var moss = watched.World.Moss();
        await ReportAsync(watched, 8, scenario, fingerprint, TimeSpan.FromMinutes(minutes));

        await ReadFeedAsync(watched, moss);

        (await watched.StateAsync()).Watch!.Recurrences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_after_the_end_of_the_watch_does_not_count()
    {
        await using var watched = await BegunAsync();
        await using var moss = watched.World.Moss();
        await watched.ToEndAsync(moss);
        var before = (await watched.EventsAsync()).Length;
        await ReportAsync(watched, 8);

        await ReadFeedAsync(watched, moss);

        (await watched.EventsAsync()).Length.ShouldBe(before);
    }

    [Fact]
    public async Task Where_recurrence_does_not_count_no_report_does()
    {
        await using var watched = await BegunAsync(new WatchDeclaration { Recurrence = false });
        await using var moss = watched.World.Moss();
        await ReportAsync(watched, 8);

        await ReadFeedAsync(watched, moss);

        (await watched.StateAsync()).Watch!.Recurrences.ShouldBeEmpty();
    }

    // An evolution of a batch with one failure was promoted, and is watched.
    private static async Task<Watched> BegunAsync(WatchDeclaration? watch = null)
    {
        var watched = await Watched.BeginAsync(watch);
        await AppendAsync(watched, new($"batch-{Repaired:n}"), Repaired, new BatchOpened(Repaired, World.Substrate), Added(watched, "refund", "f1", TimeSpan.Zero));
        var evolution = watched.Command.Stage.EvolutionId;
        await AppendAsync(watched, new($"evolution-{evolution:n}"), evolution, new EvolutionFacts(evolution).Started() with { Batch = Repaired });
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        return watched;
    }

    private static async Task<List<Guid>> ReportAsync(Watched watched, int count, string scenario = "refund", string fingerprint = "f1", TimeSpan? after = null)
    {
        var start = (await watched.StateAsync()).Watch!.Start.At;
        var added = Enumerable.Range(0, count).Select(_ => Added(watched, scenario, fingerprint, start + (after ?? TimeSpan.FromMinutes(1)) - watched.Clock.GetUtcNow())).ToList();
        await AppendAsync(watched, new($"batch-{Later:n}"), Later, [new BatchOpened(Later, World.Substrate), .. added]);
        return [.. added.Select(one => one.Evidence)];
    }

    private static EvidenceAdded Added(Watched watched, string scenario, string fingerprint, TimeSpan after) =>
        new(Guid.NewGuid(), scenario, "user", null, null, watched.Clock.GetUtcNow() + after, "wrong again", "", null, 0, fingerprint);

    private static async Task ReadFeedAsync(Watched watched, Life moss)
    {
        var recurrences = moss.Recurrences;
        foreach (var stored in await watched.World.Store.ReadFeedAsync(0, 10_000, default))
        {
            await recurrences.HandleAsync(stored, default);
        }
    }

    private static Task AppendAsync(Watched watched, StreamId stream, Guid correlation, params object[] events) => watched.World.Store.AppendAsync(
        stream, ExpectedVersion.Any, [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(correlation.ToString(), "", "test", watched.Clock.GetUtcNow())))], default);
}
