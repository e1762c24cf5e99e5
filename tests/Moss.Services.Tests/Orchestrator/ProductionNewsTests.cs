using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.Orchestrator.Machine;
using Moss.Records;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>What the story of an evolution says when production went back to the version before it.</summary>
public sealed class ProductionNewsTests
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());
    private readonly InterruptedStore store;

    public ProductionNewsTests()
    {
        var catalog = new EventCatalog();
        EventNames.Add(catalog);
        store = new InterruptedStore(new InMemoryEventStore(catalog));
    }

    private StreamId Stream => EvolutionSaga.StreamOf(facts.Id);

    [Fact]
    public async Task A_promoted_evolution_is_rolled_back_then_and_says_why()
    {
        await HappensAsync(Stream, [.. facts.UpTo(Phase.Promoting), new EvolutionEnded(Verdict.Converged, "repaired", true, false)]);

        await TellAsync();

        var state = await StateAsync();
        (state.Phase, state.Ending).ShouldBe((Phase.RolledBack, new Ending(Verdict.Converged, "repaired", false, true)));
        state.Production.ShouldBe(new RolledBackInProduction("new", "old", "too many failures", "watch"));
    }

    [Fact]
    public async Task It_is_told_once_however_often_the_feed_is_read()
    {
        await HappensAsync(Stream, facts.Started());

        await TellAsync();
        await TellAsync();

        (await EventsAsync()).Count(happened => happened is RolledBackInProduction).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_told_also_when_the_evolution_goes_on_in_that_moment()
    {
        await HappensAsync(Stream, facts.Started());
        store.InterruptNextAppend(() => HappensAsync(Stream, facts.Requested(Stage.Baseline)));

        await TellAsync();

        (await EventsAsync()).Select(happened => happened.GetType()).ShouldBe([typeof(EvolutionStarted), typeof(StageRequested), typeof(RolledBackInProduction)]);
        store.Conflicts.ShouldBe(1);
    }

    [Fact]
    public async Task News_that_comes_before_the_answer_to_the_promotion_does_not_end_the_evolution()
    {
        await HappensAsync(Stream, [.. facts.UpTo(Phase.Promoting)]);
        await TellAsync();
        (await StateAsync()).Phase.ShouldBe(Phase.Promoting);

        await HappensAsync(Stream, new EvolutionEnded(Verdict.Converged, "repaired", true, false));

        (await StateAsync()).Phase.ShouldBe(Phase.RolledBack);
    }

    [Fact]
    public async Task An_evolution_of_which_nothing_is_stored_gets_no_story()
    {
        await TellAsync();

        (await EventsAsync()).ShouldBeEmpty();
    }

    private Task TellAsync() => new ProductionNews(store).HandleAsync(
        new StoredEvent(
            Guid.NewGuid(), new StreamId("deployment-desk"), 7, 70, "deployment.production-rolled-back.v1",
            new ProductionRolledBack(facts.Id, "desk", "new", "old", "too many failures", "watch", EvolutionFacts.Monday),
            new EventMetadata("desk", "", "deployment", EvolutionFacts.Monday), ""),
        default);

    private Task HappensAsync(StreamId stream, params object[] events) => store.Real.AppendAsync(
        stream, ExpectedVersion.Any, [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata("", "", "test", EvolutionFacts.Monday)))], default);

    private async Task<EvolutionState> StateAsync() => EvolutionFacts.Fold(await EventsAsync());

    private async Task<List<object>> EventsAsync()
    {
        var events = new List<object>();
        await foreach (var stored in store.ReadStreamAsync(Stream, 0, default))
        {
            events.Add(stored.Data);
        }

        return events;
    }
}
