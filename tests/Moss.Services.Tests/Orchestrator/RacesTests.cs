using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The repository: two messages meet one evolution at the same moment.</summary>
public sealed class RacesTests : IAsyncLifetime
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());
    private readonly SagaBench bench;
    private InterruptedStore store = null!;

    public RacesTests() => bench = new SagaBench(inner => store = new InterruptedStore(inner));

    private EvolutionAnswers Answers => new(facts);

    public Task InitializeAsync() => bench.InitializeAsync();

    public Task DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Both_effects_are_there_one_after_the_other()
    {
        await bench.GiveAsync(facts.Id, facts.UpTo(Phase.Planning));
        store.InterruptNextAppend(() => bench.SendAsync(Answers.Broke(Stage.Plan, transient: true)));

        await bench.SendAsync(Answers.Drafted());

        store.Conflicts.ShouldBe(1);
        (await RecordedAsync()).ShouldBe(
            [typeof(StageBroken), typeof(StageRequested), typeof(PlanDrafted), typeof(MoneySpent), typeof(StageRequested)]);
    }

    [Fact]
    public async Task What_the_first_makes_out_of_date_has_no_effect_any_more()
    {
        await bench.GiveAsync(facts.Id, facts.UpTo(Phase.Planning));
        store.InterruptNextAppend(() => bench.SendAsync(Answers.Stop()));

        await bench.SendAsync(Answers.Drafted());

        (await RecordedAsync()).ShouldBe([typeof(StopRequested), typeof(EvolutionEnded)]);
    }

    [Fact]
    public async Task Two_starts_begin_one_evolution()
    {
        store.InterruptNextAppend(() => bench.SendAsync(Answers.Start()));

        await bench.SendAsync(Answers.Start());

        store.Conflicts.ShouldBe(1);
        (await bench.ReadAsync(facts.Id)).Select(stored => stored.Data.GetType()).ShouldBe([typeof(EvolutionStarted), typeof(StageRequested)]);
    }

    [Fact]
    public async Task Events_know_their_evolution_and_the_message_that_led_to_them()
    {
        var message = Guid.NewGuid();

        await bench.SendAsync(Answers.Start(), message);

        foreach (var stored in await bench.ReadAsync(facts.Id))
        {
            stored.Metadata.ShouldBe(new EventMetadata(facts.Id.ToString(), message.ToString(), "orchestrator", bench.Clock.GetUtcNow()));
        }
    }

    [Fact]
    public async Task What_is_loaded_is_what_was_saved()
    {
        await bench.SendAsync(Answers.Start());

        var saga = await bench.Streams.LoadAsync(facts.Id, CancellationToken.None);

        (saga!.CorrelationId, saga.Version, saga.CurrentState).ShouldBe((facts.Id, 1L, nameof(Phase.Baselining)));
        saga.TakeRecorded().ShouldBeEmpty();
        (await bench.Streams.LoadAsync(Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_saga_that_recorded_nothing_is_saved_without_a_trace()
    {
        await bench.GiveAsync(facts.Id, facts.UpTo(Phase.Planning));
        var saga = await bench.Streams.LoadAsync(facts.Id, CancellationToken.None);

        await bench.Streams.SaveAsync(saga!, Guid.NewGuid(), CancellationToken.None);

        (await RecordedAsync()).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<Type>> RecordedAsync() =>
        [.. (await bench.ReadAsync(facts.Id, facts.UpTo(Phase.Planning).Length)).Select(stored => stored.Data.GetType())];
}
