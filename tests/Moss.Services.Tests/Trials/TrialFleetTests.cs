using System.Collections.Immutable;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.EventStore.Turns;
using Moss.Services.Tests.Orchestrator;
using Moss.Testing;
using Moss.Testing.Artifacts;
using Moss.Trials;
using Moss.Trials.Replaying;

namespace Moss.Services.Tests.Trials;

public sealed class TrialFleetTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly RunTrials Stage = TrialsBench.Baseline();

    private static readonly ImmutableArray<PlannedTrial> Plan =
        [.. Enumerable.Range(0, 6).Select(index => new PlannedTrial("one", Suite.Batch, Arm.Baseline, index))];

    private readonly RecordingBus bus = new();
    private readonly TrialBoard board = new();
    private readonly InMemoryStageLedger ledger = new();

    public Task InitializeAsync() => bus.StartAsync();

    public async Task DisposeAsync() => await bus.DisposeAsync();

    [Fact]
    public async Task The_reports_come_in_the_order_of_the_plan_however_the_trials_end()
    {
        var running = RunAsync(ledger, (_, _) => Task.CompletedTask);
        foreach (var trial in Plan.Reverse())
        {
            await AwaitedAsync(Plan.Length - (Plan.Length - 1 - trial.Index));
            board.Tell(Stage.Stage, Report(trial));
        }

        (await running.WaitAsync(Patience)).Select(report => report.Index).ShouldBe(Plan.Select(trial => trial.Index));
    }

    [Fact]
    public async Task A_ledger_that_is_lost_while_trials_are_handed_out_ends_all_of_them_and_says_so()
    {
        var lost = await Should.ThrowAsync<IOException>(
            () => RunAsync(new LostAfter(ledger, looks: 7), (_, _) => Task.CompletedTask).WaitAsync(Patience));

        lost.Message.ShouldBe("the database is away");
        board.Awaited.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trial_whose_end_breaks_ends_the_others_and_its_reason_is_told()
    {
        var running = RunAsync(ledger, (_, _) => throw new InvalidOperationException("cannot be told"));
        await AwaitedAsync(Plan.Length);
        board.Tell(Stage.Stage, Report(Plan[2]));

        (await Should.ThrowAsync<InvalidOperationException>(() => running.WaitAsync(Patience))).Message.ShouldBe("cannot be told");
        board.Awaited.ShouldBeEmpty();
    }

    private async Task<TrialReport[]> RunAsync(IStageLedger kept, Func<TrialReport, int, Task> finished)
    {
        var fleet = new TrialFleet(bus.Bus, board, kept, new LocalTurns(), new TrialsOptions(), TimeProvider.System);
        return await fleet.RunAsync(Stage, Plan, finished, CancellationToken.None);
    }

    private async Task AwaitedAsync(int trials) => await Eventually.HoldsAsync(() => board.Awaited.Count == trials);

    private static TrialReport Report(PlannedTrial trial) =>
        new(trial.Scenario, trial.Suite.ToString(), trial.Arm.ToString(), trial.Index, nameof(TrialOutcome.Passed), 1, [], "", "", "runner-1");

    /// <summary>Answers so many looks, and then never again.</summary>
    private sealed class LostAfter(IStageLedger inner, int looks) : IStageLedger
    {
        private int looked;

        public Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
            where T : class => Interlocked.Increment(ref looked) > looks
                ? Task.FromException<T?>(new IOException("the database is away"))
                : inner.FindAsync<T>(key, cancellationToken);

        public Task<T> KeepAsync<T>(string key, T answer, CancellationToken cancellationToken)
            where T : class => inner.KeepAsync(key, answer, cancellationToken);
    }
}
