using Moss.Domain.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>Failures that a promoted change was to repair and that are reported again.</summary>
public sealed class RecurrenceTests
{
    [Fact]
    public async Task Four_reports_of_the_repaired_failure_roll_back_with_their_evidence_and_batch()
    {
        await using var watched = await BegunAsync();
        await using var moss = watched.World.Moss();
        var reports = await Failures(watched).ReportAsync(4);

        await Failures(watched).ReadFeedAsync(moss);
        await watched.LookAsync(moss);

        await watched.ShouldBeRolledBackAsync();
        var rolledBack = await watched.OnlyAsync<ProductionRolledBack>();
        rolledBack.Reason.ShouldContain("reported 4 times again");
        rolledBack.Batch.ShouldBe(ReportedFailures.Repaired);
        rolledBack.Evidence.ShouldBe(reports);
    }

    [Fact]
    public async Task Three_do_not_and_the_same_report_read_again_does_not_count_twice()
    {
        await using var watched = await BegunAsync();
        await Failures(watched).ReportAsync(3);
        for (var life = 0; life < 3; life++)
        {
            await using var moss = watched.World.Moss();
            await Failures(watched).ReadFeedAsync(moss);
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
        await Failures(watched).ReportAsync(8, scenario, fingerprint, TimeSpan.FromMinutes(minutes));

        await Failures(watched).ReadFeedAsync(moss);

        (await watched.StateAsync()).Watch!.Recurrences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_after_the_end_of_the_watch_does_not_count()
    {
        await using var watched = await BegunAsync();
        await using var moss = watched.World.Moss();
        await watched.ToEndAsync(moss);
        var before = (await watched.EventsAsync()).Length;
        await Failures(watched).ReportAsync(8);

        await Failures(watched).ReadFeedAsync(moss);

        (await watched.EventsAsync()).Length.ShouldBe(before);
    }

    [Fact]
    public async Task Where_recurrence_does_not_count_no_report_does()
    {
        await using var watched = await BegunAsync(new WatchDeclaration { Recurrence = false });
        await using var moss = watched.World.Moss();
        await Failures(watched).ReportAsync(8);

        await Failures(watched).ReadFeedAsync(moss);

        (await watched.StateAsync()).Watch!.Recurrences.ShouldBeEmpty();
    }

    // An evolution of a batch with one failure was promoted, and is watched.
    private static async Task<Watched> BegunAsync(WatchDeclaration? watch = null)
    {
        var watched = await Watched.BeginAsync(watch);
        await Failures(watched).StoreAsync(watched.Command.Stage.EvolutionId);
        await using var moss = watched.World.Moss();
        await watched.BegunAsync(moss);
        return watched;
    }

    private static ReportedFailures Failures(Watched watched) => new(watched.World);
}
