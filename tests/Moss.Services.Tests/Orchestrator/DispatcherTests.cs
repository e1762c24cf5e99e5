using Microsoft.Extensions.Logging.Abstractions;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Planning;
using Moss.Contracts.Trials;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;
using Moss.EventStore.Turns;
using Moss.EventStore.InMemory;
using Moss.Orchestrator;
using Moss.Orchestrator.Dispatching;
using Moss.Orchestrator.EventSourcing;
using Moss.Orchestrator.Machine;
using Moss.Testing;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>
/// Every test is a crash: events were appended, nothing was published, and a new dispatcher reads the feed from its beginning.
/// </summary>
public sealed class DispatcherTests : IAsyncLifetime
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());
    private readonly FakeClock clock = new();
    private readonly RecordingBus bus = new();
    private readonly InMemoryEventStore store = new(SagaBench.Catalog);
    private readonly OrchestratorOptions options = new();

    public static TheoryData<Phase, Type> CommandOfPhase => new()
    {
        { Phase.Baselining, typeof(RunTrials) },
        { Phase.Locating, typeof(LocateFault) },
        { Phase.Planning, typeof(DraftPlan) },
        { Phase.ReviewingPlan, typeof(ReviewPlan) },
        { Phase.Implementing, typeof(ImplementPlan) },
        { Phase.ReviewingCode, typeof(ReviewCode) },
        { Phase.Building, typeof(BuildCandidate) },
        { Phase.Trialing, typeof(RunTrials) },
        { Phase.Evaluating, typeof(JudgeTrials) },
        { Phase.Judging, typeof(ProposeVerdict) },
        { Phase.Promoting, typeof(PromoteCandidate) },
        { Phase.Rebasing, typeof(RebaseChange) },
    };

    public Task InitializeAsync() => bus.StartAsync();

    public async Task DisposeAsync() => await bus.DisposeAsync();

    [Theory]
    [MemberData(nameof(CommandOfPhase))]
    public async Task Only_what_is_waited_for_is_asked_again_under_the_id_of_its_event(Phase phase, Type command)
    {
        var events = await GiveAsync(facts.UpTo(phase));

        var (id, message) = (await DispatchAsync()).ShouldHaveSingleItem();

        message.ShouldBeOfType(command);
        id.ShouldBe(events[^1].Id);
        Reference(message).ShouldBe(facts.UpTo(phase).OfType<StageRequested>().Last().Key.ToReference());
    }

    [Fact]
    public async Task While_a_person_is_asked_nothing_is_sent()
    {
        await GiveAsync(facts.UpTo(Phase.AwaitingConsent));

        (await DispatchAsync()).ShouldBeEmpty();
        (await DueAsync(Offers.Window)).ShouldHaveSingleItem().Kind.ShouldBe("ConsentExpiry");
    }

    [Fact]
    public async Task A_stage_that_was_asked_for_twice_is_asked_for_once()
    {
        var events = await GiveAsync([.. facts.UpTo(Phase.Planning), new StageBroken(facts.Key(Stage.Plan), "no disk", true), facts.Requested(Stage.Plan)]);

        (await DispatchAsync()).ShouldHaveSingleItem().Id.ShouldBe(events[^1].Id);
    }

    [Fact]
    public async Task A_request_that_was_never_sent_begins_the_evolution_and_one_that_was_does_not()
    {
        var requested = await AppendAsync("batch-1", new EvolutionRequested(
            facts.Id, facts.Id, "desk", EvolutionFacts.BaseCommit, ["one", "two"], Depth.Deep, 2m, TimeSpan.FromMinutes(3), new(0.05, 0, 1), "ann") { Quarantined = ["kept"] });

        var (id, message) = (await DispatchAsync()).ShouldHaveSingleItem();
        id.ShouldBe(requested[0].Id);
        var start = message.ShouldBeOfType<StartEvolution>();
        (start.EvolutionId, start.Depth, start.Dollars, start.WallClockSeconds).ShouldBe((facts.Id, "Deep", 2m, 180d));
        start.Quarantined.ShouldBe(["kept"]);

        await GiveAsync(facts.UpTo(Phase.Baselining));
        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<RunTrials>();
    }

    [Fact]
    public async Task An_end_cancels_what_runs_and_tells_the_world()
    {
        await GiveAsync([.. facts.UpTo(Phase.Building), Endings.Stopped("ann")]);

        var sent = await DispatchAsync();

        sent[0].Message.ShouldBe(new CancelWork(facts.Id, "stopped by ann"));
        var notice = sent[1].Message.ShouldBeOfType<Moss.Contracts.Orchestration.EvolutionEnded>();
        (notice.Verdict, notice.Commit, notice.Promoted).ShouldBe(("Stopped", EvolutionFacts.Repair.Commit, false));
        (await DueAsync(TimeSpan.FromDays(30))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_end_that_was_taken_back_is_not_told_and_cancels_nothing()
    {
        await GiveAsync([.. facts.UpTo(Phase.Planning), Endings.Stopped("ann"), new EvolutionRestarted("ann"), facts.Requested(Stage.Plan)]);

        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<DraftPlan>();
    }

    [Fact]
    public async Task An_intent_is_sent_until_the_evolution_was_moved_by_it()
    {
        await GiveAsync(facts.UpTo(Phase.AwaitingConsent));
        var intent = await AppendAsync("intents-1", new ConsentAnswered(
            facts.Id, true, EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree, "bea", "", clock.GetUtcNow(), clock.GetUtcNow().AddDays(1),
            EvolutionFacts.Image));

        var grant = (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<GiveConsent>().Grant;
        (grant.Approver, grant.Image).ShouldBe(("bea", EvolutionFacts.Image));
        (await DispatchAsync()).ShouldHaveSingleItem().Id.ShouldBe(intent[0].Id);

        await AppendAsync(EvolutionSaga.StreamOf(facts.Id).Value, intent[0].Id.ToString(), facts.Consented(clock.GetUtcNow()), facts.Requested(Stage.Promote));
        var promotion = (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<PromoteCandidate>();
        (promotion.Image, promotion.Consent.Image).ShouldBe((EvolutionFacts.Image, EvolutionFacts.Image));
    }

    [Fact]
    public async Task A_signature_is_carried_to_the_evolution_and_with_the_promotion_as_it_was_given()
    {
        await GiveAsync(facts.UpTo(Phase.AwaitingConsent, facts.Started() with { Consent = Signing.Terms() }));
        var signed = Signing.By("ada", Signing.KeyOf("ada"), Signing.SubjectOf(facts.Id), clock.GetUtcNow());
        var intent = await AppendAsync("intents-1", new ConsentSignatureGiven(facts.Id, signed.Text, signed.Signature, "ada", clock.GetUtcNow()));

        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBe(new SignConsent(facts.Id, signed, clock.GetUtcNow()));

        await AppendAsync(
            EvolutionSaga.StreamOf(facts.Id).Value, intent[0].Id.ToString(), new ConsentSigned("ada", signed.Text, signed.Signature),
            facts.Consented(clock.GetUtcNow()), facts.Requested(Stage.Promote));
        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<PromoteCandidate>().Signatures.ShouldBe([signed]);
    }

    [Fact]
    public async Task Trials_are_told_which_image_was_built()
    {
        await GiveAsync(facts.UpTo(Phase.Trialing));

        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<RunTrials>().CandidateImage.ShouldBe(EvolutionFacts.Image);
    }

    [Fact]
    public async Task A_refusal_is_carried_with_its_reason()
    {
        await GiveAsync(facts.UpTo(Phase.AwaitingConsent));
        await AppendAsync("intents-1", new ConsentAnswered(
            facts.Id, false, EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree, "bea", "no", clock.GetUtcNow(), clock.GetUtcNow()));

        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBe(new RefuseConsent(facts.Id, "bea", "no", clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_stop_that_had_no_effect_stops_nothing_that_was_restarted_later()
    {
        await GiveAsync([.. facts.UpTo(Phase.Planning), new StageBroken(facts.Key(Stage.Plan), "no disk", false), Endings.Stopped("nobody")]);
        await AppendAsync("intents-1", new StopAsked(facts.Id, "ann"));
        await GiveAsync(new EvolutionRestarted("ann"), facts.Requested(Stage.Plan));

        (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<DraftPlan>();
    }

    [Fact]
    public async Task A_restart_that_had_no_effect_wakes_nothing_that_was_stopped_later()
    {
        await GiveAsync(facts.UpTo(Phase.Planning));
        await AppendAsync("intents-1", new RestartAsked(facts.Id, "ann"));
        await GiveAsync(Endings.Stopped("ann"));
        (await DispatchAsync()).ShouldNotContain(sent => sent.Message is RestartEvolution);

        await AppendAsync("intents-1", new RestartAsked(facts.Id, "ann"));
        (await DispatchAsync()).ShouldContain(sent => sent.Message is RestartEvolution);
    }

    [Fact]
    public async Task A_stage_and_a_budget_have_a_deadline_each()
    {
        await GiveAsync(facts.UpTo(Phase.Planning, facts.Started(wallClock: TimeSpan.FromHours(5))));
        await DispatchAsync();

        (await DueAsync(options.StageTimeout - TimeSpan.FromTicks(1))).ShouldBeEmpty();
        var timeout = (await DueAsync(options.StageTimeout)).ShouldHaveSingleItem();
        DeadlinePayload.Read(timeout).ShouldBe(
            new DeadlinePassed(facts.Id, "StageTimeout", facts.Key(Stage.Plan).ToReference(), clock.GetUtcNow() + options.StageTimeout));
        (await DueAsync(TimeSpan.FromHours(5))).Select(deadline => deadline.Kind).ShouldBe(["StageTimeout", "WallClock"]);
    }

    [Fact]
    public async Task The_time_of_the_budget_begins_again_with_a_restart_and_ends_with_the_question()
    {
        await GiveAsync([.. facts.UpTo(Phase.Judging, facts.Started(wallClock: TimeSpan.FromHours(1))), Endings.Stopped("ann")]);
        await DispatchAsync();
        var start = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromHours(10));
        await GiveAsync(new EvolutionRestarted("ann"), facts.Requested(Stage.Verdict));
        await DispatchAsync();

        (await store.NextDueAsync(CancellationToken.None)).ShouldBe(start + TimeSpan.FromHours(11));

        await GiveAsync(facts.Proposed(), facts.Ruled(1, Verdict.Converged, final: true), facts.Asked());
        await DispatchAsync();
        (await DueAsync(TimeSpan.FromDays(30))).ShouldHaveSingleItem().Kind.ShouldBe("ConsentExpiry");
    }

    [Fact]
    public async Task Agents_are_told_of_earlier_candidates_and_of_no_held_out_scenario()
    {
        var tried = EvolutionFacts.Fold([.. facts.UpTo(Phase.Trialing), facts.Tried(kept: "-+")]);
        await GiveAsync([.. facts.UpTo(Phase.Trialing), facts.Tried(kept: "-+"), Rulings.OnTrials(tried), facts.Requested(Stage.Locate, 2)]);

        var command = (await DispatchAsync()).ShouldHaveSingleItem().Message.ShouldBeOfType<LocateFault>();

        command.Subject.Scenarios.ShouldBe(["one", "two"]);
        command.Attempts.ShouldHaveSingleItem().ShouldBe(new PriorAttempt(1, "diff-1", "Regressed: something that worked before does not work any more", 1));
    }

    [Fact]
    public async Task A_deadline_is_told_again_until_it_is_cleared()
    {
        var timer = Timer(store);
        await GiveAsync(facts.UpTo(Phase.Planning));
        await DispatchAsync();

        await timer.FireDueAsync(CancellationToken.None);
        bus.Take().ShouldBeEmpty();
        clock.Advance(options.StageTimeout);
        await timer.FireDueAsync(CancellationToken.None);
        bus.Take().ShouldHaveSingleItem().Message.ShouldBeOfType<DeadlinePassed>().Kind.ShouldBe("StageTimeout");
        await timer.FireDueAsync(CancellationToken.None);
        bus.Take().ShouldBeEmpty();
        clock.Advance(options.DeadlineReminder);
        await timer.FireDueAsync(CancellationToken.None);
        bus.Take().ShouldHaveSingleItem();

        await GiveAsync(Endings.Stopped("ann"));
        await DispatchAsync();
        clock.Advance(TimeSpan.FromDays(1));
        await timer.FireDueAsync(CancellationToken.None);
        bus.Take().ShouldBeEmpty();
    }

    private DeadlineTimer Timer(IDeadlineStore deadlines) => new(bus.Bus, deadlines, clock, options, new LocalTurns(), NullLogger<DeadlineTimer>.Instance);

    /// <summary>A new process: what an earlier one had in memory is gone.</summary>
    private async Task<IReadOnlyList<(Guid? Id, object Message)>> DispatchAsync()
    {
        var dispatcher = new Dispatcher(bus.Bus, new SagaStreams<EvolutionSaga>(store, clock), store, options);
        foreach (var stored in await store.ReadFeedAsync(0, int.MaxValue, CancellationToken.None))
        {
            await dispatcher.HandleAsync(stored, CancellationToken.None);
        }

        return bus.Take();
    }

    private Task<IReadOnlyList<NewEvent>> GiveAsync(params IEnumerable<object> events) =>
        AppendAsync(EvolutionSaga.StreamOf(facts.Id).Value, "", [.. events]);

    private Task<IReadOnlyList<NewEvent>> AppendAsync(string stream, object data) => AppendAsync(stream, "", data);

    private async Task<IReadOnlyList<NewEvent>> AppendAsync(string stream, string causation, params object[] events)
    {
        NewEvent[] appended =
            [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(facts.Id.ToString(), causation, "test", clock.GetUtcNow())))];
        await store.AppendAsync(new StreamId(stream), ExpectedVersion.Any, appended, CancellationToken.None);
        return appended;
    }

    private Task<IReadOnlyList<Deadline>> DueAsync(TimeSpan after) => store.DueAsync(clock.GetUtcNow() + after, CancellationToken.None);

    private static StageReference Reference(object command) => (StageReference)command.GetType().GetProperty("Stage")!.GetValue(command)!;
}
