using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

public sealed class RehearsalTests
{
    private static readonly StateReading Read = new(true, "");

    [Fact]
    public void A_new_version_that_does_not_read_the_state_is_refused_with_what_it_printed() =>
        Refused(new(Unread("Bad file format")), "/data").ShouldContain("the new version does not come to read it: Bad file format");

    [Theory]
    [InlineData("/data")]
    [InlineData(null)]
    public void A_version_before_that_reads_what_the_new_one_wrote_lets_it_go_on(string? uncopied) =>
        Rule(new(Read, Read), uncopied).ShouldBe(new RehearsalRuling.GoOn(RehearsalFinding.Readable));

    [Fact]
    public void One_that_does_not_is_refused_with_the_folders_to_copy() =>
        Refused(new(Read, Unread("Can't handle RDB format version 12"), Read), "/data").ShouldSatisfyAllConditions(
            reason => reason.ShouldContain("Can't handle RDB format version 12"),
            reason => reason.ShouldContain("name /data in deploy.swap.snapshot"));

    [Fact]
    public void Where_all_that_is_written_is_copied_it_goes_on_and_says_so() =>
        Rule(new(Read, Unread("no"), Read), null).ShouldBe(new RehearsalRuling.GoOn(RehearsalFinding.Unreadable));

    [Theory]
    [InlineData("/data")]
    [InlineData(null)]
    public void A_version_that_reads_no_copy_at_all_says_nothing_of_the_new_one(string? uncopied) =>
        Refused(new(Read, Unread("torn"), Unread("no such command")), uncopied).ShouldSatisfyAllConditions(
            reason => reason.ShouldContain("says nothing"),
            reason => reason.ShouldContain("no such command"),
            reason => reason.ShouldContain("deploy.swap.rehearsal.reads"));

    [Fact]
    public void What_says_nothing_of_the_version_that_serves_is_not_ruled_on()
    {
        Should.Throw<ArgumentException>(() => Rule(new(Read), null));
        Should.Throw<ArgumentException>(() => Rule(new(Read, Unread("no")), null));
    }

    [Fact]
    public void What_cannot_be_read_is_put_back_by_every_way_back_from_the_candidate()
    {
        var plan = Some.InPlace().After(RehearsalFinding.Unreadable);

        plan.Rehearsed.ShouldBe(RehearsalFinding.Unreadable);
        plan.Candidate.Recipe!.PutsBack.ShouldBe(["/data"]);
    }

    [Fact]
    public void What_can_be_read_is_left_to_the_version_before()
    {
        var plan = Some.InPlace().After(RehearsalFinding.Readable);

        plan.Rehearsed.ShouldBe(RehearsalFinding.Readable);
        plan.Candidate.Recipe!.PutsBack.ShouldBeEmpty();
        plan.Snapshot.ShouldBe(["/data"], "the promotion itself puts it back all the same");
    }

    private static StateReading Unread(string detail) => new(false, detail);

    private static RehearsalRuling Rule(RehearsalReadings readings, string? uncopied) => RehearsalJudge.Rule(readings, uncopied is null ? [] : [uncopied]);

    private static string Refused(RehearsalReadings readings, string? uncopied) => Rule(readings, uncopied).ShouldBeOfType<RehearsalRuling.Refused>().Reason;
}
