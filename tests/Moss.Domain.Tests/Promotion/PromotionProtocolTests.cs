using Moss.Domain.Promotion;
using static Moss.Domain.Promotion.PromotionStep;

namespace Moss.Domain.Tests.Promotion;

/// <summary>Given events and a world, when asked, then this step.</summary>
public sealed class PromotionProtocolTests
{
    private static readonly InstanceProcess Process = new(4711, 99, "boot");

    private static readonly PromotionEvent[] Planned = [new PromotionPlanned(Some.Plan(), Some.At(0))];
    private static readonly PromotionEvent[] Known = [.. Planned, new LastKnownGoodRecorded(Some.Old, Some.At(0))];
    private static readonly PromotionEvent[] Stopping = [.. Known, new PreviousStopRequested(Some.At(1))];
    private static readonly PromotionEvent[] Stopped = [.. Stopping, new PreviousStopped(Some.At(2))];
    private static readonly PromotionEvent[] Starting = [.. Stopped, new StartRequested(PromotionArm.Candidate, Some.At(2))];
    private static readonly PromotionEvent[] Watching = [.. Starting, new Started(PromotionArm.Candidate, Process, Some.At(3))];
    private static readonly PromotionEvent[] Accepted = [.. Watching, new CandidateAccepted(3, Some.At(14))];
    private static readonly PromotionEvent[] Serving = [.. Accepted, new ServingRecorded(PromotionArm.Candidate, Some.At(14))];
    private static readonly PromotionEvent[] Undoing = [.. Watching, new RollbackDecided("sick", Some.At(5))];
    private static readonly PromotionEvent[] Cleared = [.. Undoing, new CandidateStopped("Traceback", Some.At(6))];
    private static readonly PromotionEvent[] Restoring = [.. Cleared, new StartRequested(PromotionArm.Fallback, Some.At(6))];
    private static readonly PromotionEvent[] Restored = [.. Restoring, new Started(PromotionArm.Fallback, Process, Some.At(7))];

    [Fact]
    public void Nothing_planned_means_nothing_to_do() => Next([], "").ShouldBeOfType<Finished>();

    [Fact]
    public void The_last_known_good_version_is_recorded_first() =>
        Next(Planned, "old").ShouldBe(new RecordLastKnownGood(Some.Old));

    [Fact]
    public void Then_the_stop_is_intended() => Recorded<PreviousStopRequested>(Known, "old");

    [Fact]
    public void Then_the_old_version_is_stopped() => Next(Stopping, "old").ShouldBe(new StopPrevious(Some.Plan().Previous!));

    [Fact]
    public void A_stop_that_was_intended_is_done_even_if_nothing_seems_to_run() => Next(Stopping, "").ShouldBeOfType<StopPrevious>();

    [Fact]
    public void Then_the_start_is_intended() => Recorded<StartRequested>(Stopped, "").Arm.ShouldBe(PromotionArm.Candidate);

    [Fact]
    public void Then_the_candidate_is_started() =>
        Next(Starting, "").ShouldBe(new Start(PromotionArm.Candidate, Some.Plan().Candidate));

    [Fact]
    public void A_candidate_that_was_started_before_the_crash_is_not_started_twice() =>
        Next(Starting, "new").ShouldBe(new Adopt(PromotionArm.Candidate, Some.Plan().Candidate));

    [Fact]
    public void Then_it_is_probed() =>
        Next(Watching, "new", 3).ShouldBe(new Probe(PromotionArm.Candidate, Some.Plan().Candidate, 1, Some.At(3)));

    [Fact]
    public void Two_passes_are_not_enough() =>
        Next([.. Watching, .. Rounds("++")], "new", 9).ShouldBeOfType<Probe>().Round.ShouldBe(3);

    [Fact]
    public void Three_passes_are_and_downtime_ends_with_the_first_of_them()
    {
        var accepted = Recorded<CandidateAccepted>([.. Watching, .. Rounds("-+++")], "new", 19);

        accepted.DowntimeSeconds.ShouldBe(3 + 5 - 1);
    }

    [Fact]
    public void A_candidate_whose_process_ended_is_undone_at_once() =>
        Recorded<RollbackDecided>([.. Watching, .. Rounds("++")], "", 9).Reason.ShouldContain("process ended");

    [Fact]
    public void A_candidate_that_ended_while_nobody_watched_is_started_once_more_and_then_undone()
    {
        PromotionEvent[] left = [.. Watching, .. Rounds("+"), new ProbingResumed(PromotionArm.Candidate, Some.At(9))];
        PromotionEvent[] again =
        [
            .. left, new StartRequested(PromotionArm.Candidate, Some.At(10)), new Started(PromotionArm.Candidate, Process, Some.At(11)),
            new ProbingResumed(PromotionArm.Candidate, Some.At(12)),
        ];

        Recorded<StartRequested>(left, "", 9).Arm.ShouldBe(PromotionArm.Candidate);
        Recorded<RollbackDecided>(again, "", 13).Reason.ShouldContain("process ended");
        Recorded<RollbackDecided>([.. left, new Probed(PromotionArm.Candidate, new ProbeObservation(2, true, "", Some.At(10)), Some.At(10))], "", 11);
    }

    [Fact]
    public void A_candidate_that_never_got_healthy_is_undone_with_what_was_wrong() =>
        Recorded<RollbackDecided>([.. Watching, .. Rounds("------")], "new", 29).Reason.ShouldContain("answered 500");

    [Fact]
    public void A_candidate_that_the_system_would_not_start_is_undone() =>
        Recorded<RollbackDecided>([.. Starting, new StartFailed(PromotionArm.Candidate, "no such file", Some.At(3))], "")
            .Reason.ShouldContain("no such file");

    [Fact]
    public void After_acceptance_the_deployment_names_it() =>
        Next(Accepted, "new").ShouldBe(new RecordServing(PromotionArm.Candidate, Some.Plan().Candidate));

    [Fact]
    public void Then_the_branch_is_published() => Next(Serving, "new").ShouldBe(new Publish(Some.New));

    [Fact]
    public void Then_it_is_committed_and_nothing_is_left()
    {
        PromotionEvent[] published = [.. Serving, new BranchPublished("moss/evolved", Some.New.Commit, Some.At(15))];

        Recorded<PromotionCommitted>(published, "new");
        Next([.. published, new PromotionCommitted(Some.At(16))], "new").ShouldBeOfType<Finished>();
    }

    [Fact]
    public void An_accepted_candidate_stays_even_if_the_branch_could_not_be_moved() =>
        Recorded<PromotionCommitted>([.. Serving, new BranchNotPublished("moss/evolved", "read-only", Some.At(15))], "new");

    [Fact]
    public void An_accepted_candidate_is_never_undone() => Next(Accepted, "").ShouldBeOfType<RecordServing>();

    [Fact]
    public void To_undo_the_candidate_is_stopped_first() => Next(Undoing, "new").ShouldBeOfType<StopCandidate>();

    [Fact]
    public void It_is_stopped_again_if_it_is_seen_again() => Next(Cleared, "new").ShouldBeOfType<StopCandidate>();

    [Fact]
    public void Then_the_last_known_good_version_is_started()
    {
        Recorded<StartRequested>(Cleared, "").Arm.ShouldBe(PromotionArm.Fallback);
        Next(Restoring, "").ShouldBe(new Start(PromotionArm.Fallback, Some.Plan().Fallback!));
        Next(Restoring, "again").ShouldBe(new Adopt(PromotionArm.Fallback, Some.Plan().Fallback!));
    }

    [Fact]
    public void It_is_probed_and_named_and_then_the_promotion_is_undone()
    {
        PromotionEvent[] healthy = [.. Restored, .. Rounds("+++", PromotionArm.Fallback)];

        Next(Restored, "again", 7).ShouldBeOfType<Probe>().Arm.ShouldBe(PromotionArm.Fallback);
        Next(healthy, "again", 18).ShouldBeOfType<RecordServing>();
        Recorded<PromotionUndone>([.. healthy, new ServingRecorded(PromotionArm.Fallback, Some.At(18))], "again", 18);
    }

    [Fact]
    public void A_restored_version_gets_more_time_than_a_candidate()
    {
        PromotionEvent[] slow = [.. Restored, .. Rounds("--------", PromotionArm.Fallback)];

        Next(slow, "again", 45).ShouldBeOfType<Probe>();
        Recorded<OperatorNeeded>([.. slow, new ServingRecorded(PromotionArm.Fallback, Some.At(90))], "again", 90).Reason.ShouldContain("90 s");
    }

    [Fact]
    public void Watching_a_restored_version_that_was_taken_up_again_goes_on()
    {
        PromotionEvent[] named =
            [.. Restored, .. Rounds("+++", PromotionArm.Fallback), new ServingRecorded(PromotionArm.Fallback, Some.At(18)),
                new ProbingResumed(PromotionArm.Fallback, Some.At(100))];

        Next(named, "again", 100).ShouldBeOfType<Probe>();
    }

    [Fact]
    public void A_restored_version_that_dies_is_started_three_times_and_then_a_person_is_called()
    {
        PromotionEvent[] twice = [.. Restored, new StartRequested(PromotionArm.Fallback, Some.At(8)), new Started(PromotionArm.Fallback, Process, Some.At(9))];
        PromotionEvent[] thrice = [.. twice, new StartRequested(PromotionArm.Fallback, Some.At(10)), new StartFailed(PromotionArm.Fallback, "gone", Some.At(10))];

        Recorded<StartRequested>(Restored, "", 8);
        Recorded<StartRequested>(twice, "", 9);
        Next(thrice, "", 10).ShouldBeOfType<RecordServing>();
        Recorded<OperatorNeeded>([.. thrice, new ServingRecorded(PromotionArm.Fallback, Some.At(11))], "", 11).Reason.ShouldContain("gone");
    }

    [Fact]
    public void A_rollback_to_the_failing_content_is_refused_and_nothing_more_is_stopped()
    {
        var loop = Some.Plan() with { Fallback = new Instance("again", Some.Old with { Tree = Some.New.Tree }, 8080) };

        Recorded<OperatorNeeded>([new PromotionPlanned(loop, Some.At(0)), .. Undoing.Skip(1)], "new");
    }

    [Fact]
    public void No_version_is_started_while_another_lives()
    {
        PromotionEvent[][] histories = [Stopped, Starting, Cleared, Restoring];
        foreach (var history in histories)
        {
            Next(history, "old").ShouldBeOfType<StopPrevious>();
        }

        Next(Restoring, "new").ShouldBeOfType<StopCandidate>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Consent_that_expires_before_anything_was_touched_ends_it(bool known)
    {
        var abandoned = Recorded<PromotionAbandoned>(known ? Known : Planned, "old", 3600);

        abandoned.Ground.ShouldBe("ConsentExpired");
    }

    [Fact]
    public void Consent_that_expires_in_the_middle_changes_nothing() => Next(Stopped, "", 3600).ShouldBeOfType<PromotionStep.Record>().Event.ShouldBeOfType<StartRequested>();

    [Fact]
    public void A_library_is_promoted_by_its_branch_alone()
    {
        PromotionEvent[] library = [new PromotionPlanned(Some.Plan() with { Previous = null, Fallback = null }, Some.At(0))];

        Next(library, "").ShouldBe(new Publish(Some.New));
        Recorded<PromotionCommitted>([.. library, new BranchPublished("moss/evolved", Some.New.Commit, Some.At(1))], "");
        Recorded<PromotionAbandoned>([.. library, new BranchNotPublished("moss/evolved", "read-only", Some.At(1))], "").Ground.ShouldBe("NotReady");
        Recorded<PromotionAbandoned>(library, "", 3600).Ground.ShouldBe("ConsentExpired");
    }

    [Fact]
    public void Taking_a_journal_up_again_restarts_the_watch_and_nothing_else()
    {
        TakeUp(Watching).ShouldBe(new ProbingResumed(PromotionArm.Candidate, Some.At(50)));
        TakeUp(Restored).ShouldBe(new ProbingResumed(PromotionArm.Fallback, Some.At(50)));
        foreach (var history in new[] { [], Planned, Known, Stopping, Stopped, Starting, Accepted, Serving, Undoing, Cleared, Restoring })
        {
            TakeUp(history).ShouldBeNull();
        }
    }

    [Fact]
    public void A_new_plan_after_an_end_is_a_new_attempt()
    {
        var state = PromotionState.Of([.. Restored, new PromotionUndone(Some.At(20)), new PromotionPlanned(Some.Plan() with { Stage = "second" }, Some.At(30))]);

        state.Attempt.ShouldBe(2);
        state.Touched.ShouldBeFalse();
        state.Open.ShouldBeTrue();
        state.Candidate.Rounds.ShouldBeEmpty();
    }

    private static PromotionEvent? TakeUp(PromotionEvent[] history) => PromotionProtocol.TakeUp(PromotionState.Of(history), Some.At(50));

    private static IEnumerable<PromotionEvent> Rounds(string marks, PromotionArm arm = PromotionArm.Candidate) =>
        marks.Select((mark, index) =>
        {
            var at = (arm == PromotionArm.Candidate ? 3 : 7) + (index * 5);
            return new Probed(arm, Some.Round(index + 1, mark == '+', at), Some.At(at));
        });

    private static PromotionStep Next(PromotionEvent[] history, string runs, double now = 4) => PromotionProtocol.Next(
        PromotionState.Of(history), new ObservedWorld(runs == "old", runs == "new", runs == "again", Some.At(now)));

    private static T Recorded<T>(PromotionEvent[] history, string runs, double now = 4) where T : PromotionEvent =>
        Next(history, runs, now).ShouldBeOfType<PromotionStep.Record>().Event.ShouldBeOfType<T>();
}
