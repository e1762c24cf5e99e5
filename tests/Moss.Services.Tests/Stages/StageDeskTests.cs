using System.Text.Json;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Trials;
using Moss.EventStore.Turns;
using Moss.ServiceDefaults.Stages;
using Moss.Testing.Artifacts;

namespace Moss.Services.Tests.Stages;

public sealed class StageDeskTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly InMemoryStageLedger ledger = new();
    private readonly Workshop workshop = new();
    private readonly PublishLog published = new();
    private readonly ServiceProvider provider;
    private readonly ITestHarness harness;
    private readonly StageReference stage = new(Guid.NewGuid(), 1, "Build", 1);

    public StageDeskTests()
    {
        provider = new ServiceCollection()
            .AddSingleton<IStageLedger>(ledger)
            .AddSingleton<RunningStages>()
            .AddSingleton<ITurns, LocalTurns>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<StageDesk>()
            .AddSingleton(workshop)
            .AddMassTransitTestHarness(bus =>
            {
                bus.AddConsumer<Worker>();
                bus.AddConsumer<CancelWorkHandler>();
            })
            .BuildServiceProvider(validateScopes: true);
        harness = provider.GetRequiredService<ITestHarness>();
    }

    private RunningStages Running => provider.GetRequiredService<RunningStages>();

    private StageDesk Desk => provider.GetRequiredService<StageDesk>();

    public async Task InitializeAsync()
    {
        await harness.Start();
        harness.Bus.ConnectPublishObserver(published);
    }

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Fact]
    public async Task An_answer_is_kept_and_published()
    {
        await SendAsync();

        Answers().ShouldBe([Built(1)]);
        ledger.Keys.ShouldBe([stage.Key()]);
        Running.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeated_command_is_answered_from_the_ledger()
    {
        await SendAsync();
        await SendAsync();

        Answers().ShouldBe([Built(1), Built(1)]);
        workshop.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_comes_while_its_work_runs_starts_no_other()
    {
        workshop.Hold();
        var first = SendAsync();
        await workshop.StartedAsync(1);
        Running.Keys.ShouldBe([stage.Key()]);

        var again = SendAsync();
        workshop.Release();
        await Task.WhenAll(first, again);

        // One that comes just after the end is answered from the ledger.
        Answers().Distinct().ShouldBe([Built(1)]);
        workshop.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_work_answers_nothing_and_keeps_nothing()
    {
        workshop.Hold();
        var cancelled = SendAsync();
        await workshop.StartedAsync(1);
        await harness.Bus.Publish(new CancelWork(stage.EvolutionId, "stopped by ann"));
        await cancelled;

        Answers().ShouldBeEmpty();
        ledger.Keys.ShouldBeEmpty();
        Running.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_of_other_evolutions_goes_on()
    {
        workshop.Hold();
        var work = SendAsync();
        await workshop.StartedAsync(1);
        Running.Cancel(Guid.NewGuid());
        workshop.Release();
        await work;

        Answers().ShouldBe([Built(1)]);
    }

    [Fact]
    public async Task A_command_that_comes_while_cancelled_work_winds_up_waits_for_it_and_then_runs()
    {
        workshop.Hold(windUp: true);
        var cancelled = SendAsync();
        await workshop.StartedAsync(1);
        Running.Cancel(stage.EvolutionId);
        var again = SendAsync();
        workshop.Runs.ShouldBe(1);
        workshop.Release();
        await Task.WhenAll(cancelled, again);

        Answers().ShouldBe([Built(2)]);
        workshop.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Work_goes_on_when_the_broker_that_brought_its_command_is_gone()
    {
        workshop.Hold();
        using var connection = new CancellationTokenSource();
        var context = ContextOfCommand.With(connection.Token);
        var work = Desk.AnswerAsync(context, stage, token => workshop.WorkAsync(stage, token));
        await workshop.StartedAsync(1);

        await connection.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => work.WaitAsync(Patience));
        var again = SendAsync();
        workshop.Release();
        await again;

        Answers().ShouldBe([Built(1)]);
        workshop.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_published_is_kept_and_not_told_as_broken()
    {
        var context = ContextOfCommand.With(CancellationToken.None, new IOException("no broker"));

        await Should.ThrowAsync<IOException>(() => Desk.AnswerAsync(context, stage, token => workshop.WorkAsync(stage, token)));

        ledger.Keys.ShouldBe([stage.Key()]);
        await SendAsync();
        Answers().ShouldBe([Built(1)]);
        workshop.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_whose_work_ends_with_the_process_is_not_done()
    {
        workshop.Hold();
        var work = Desk.AnswerAsync(ContextOfCommand.With(CancellationToken.None), stage, token => workshop.WorkAsync(stage, token));
        await workshop.StartedAsync(1);

        Running.Stop();

        await Should.ThrowAsync<OperationCanceledException>(() => work.WaitAsync(Patience));
        ledger.Keys.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_broke_is_told_and_not_kept(bool transient)
    {
        workshop.Break(transient ? new IOException("no disk") : new InvalidOperationException("no disk"));
        await SendAsync();

        Answers().ShouldBe([new StageBroke(stage, "no disk", transient)]);
        ledger.Keys.ShouldBeEmpty();

        workshop.Break(null);
        await SendAsync();
        Answers()[1].ShouldBe(Built(2));
    }

    [Fact]
    public async Task Stopping_the_process_cancels_everything()
    {
        using var stages = new RunningStages();
        using var slot = await stages.BeginAsync(stage, CancellationToken.None);

        await new StageStopping(stages).StoppingAsync(CancellationToken.None);

        slot!.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void A_stored_answer_opens_as_what_it_was()
    {
        object[] answers =
        [
            Built(1),
            new ImplementationRefused(stage, "NoChange", "nothing was changed", new Spending("search", 0.1m, 1, 2, 3)),
            new TrialsCompleted(stage, [new TrialReport("one", "Batch", "Baseline", 0, "Failed", 0, [new("k", 0, "no")], "", "")], "results", 1),
        ];

        foreach (var answer in answers)
        {
            var opened = StoredAnswer.Of(answer).Open();

            opened.ShouldBeOfType(answer.GetType());
            JsonSerializer.Serialize(opened, answer.GetType()).ShouldBe(JsonSerializer.Serialize(answer, answer.GetType()));
        }

        StoredAnswer.Of(Built(1)).Message.ShouldBe("Trials.CandidateBuilt");
    }

    [Fact]
    public void The_key_of_a_reference_is_the_key_of_the_domain() =>
        new StageReference(Guid.Empty, 2, "ReviewCode", 3).Key()
            .ShouldBe(new Moss.Domain.Evolution.StageKey(Guid.Empty, 2, Moss.Domain.Evolution.Stage.ReviewCode, 3).ToString());

    private CandidateBuilt Built(int run) => new(stage, $"tree-{run}", 1);

    /// <summary>Sends the command and waits until the worker is done with it.</summary>
    private async Task SendAsync()
    {
        var id = Guid.NewGuid();
        var done = workshop.DoneWith(id);
        var command = new BuildCandidate(stage, new Subject("desk", Guid.Empty, "base", []), "commit");
        await harness.Bus.Publish(command, context => context.MessageId = id);
        await done.WaitAsync(Patience);
    }

    private List<object> Answers() =>
        [.. published.All.Select(sent => sent.Message).Where(message => message is CandidateBuilt or StageBroke)];

    internal sealed class Worker(StageDesk desk, Workshop workshop) : IConsumer<BuildCandidate>
    {
        public async Task Consume(ConsumeContext<BuildCandidate> context)
        {
            await desk.AnswerAsync(context, context.Message.Stage, cancellationToken => workshop.WorkAsync(context.Message.Stage, cancellationToken));
            workshop.Finish(context.MessageId!.Value);
        }
    }
}
