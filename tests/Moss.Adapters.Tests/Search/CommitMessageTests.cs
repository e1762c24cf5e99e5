using Moss.AgentTools.Roles;
using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Driver;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class CommitMessageTests
{
    private static readonly SourceTree Tree = SourceTree.Of([KeyValuePair.Create("app/dispatcher.py", "x\n")]);

    [Fact]
    public void One_change_is_the_subject()
    {
        var report = CommitMessage.Of(Repaired(Step("use 'call' instead of 'calls[0]'", "Dispatcher.dispatch()")), TimeSpan.FromSeconds(12));
        report.Subject.ShouldBe("dispatcher.py: use 'call' instead of 'calls[0]' in Dispatcher.dispatch()");
        report.Body.ShouldBe(
            """
            - app/dispatcher.py:7, Dispatcher.dispatch(): use 'call' instead of 'calls[0]'

            Scenarios of the batch, before and after:
            - one: failed 0.25 -> passed 1.00

            Found by search over small changes: 140 changes tried in 200 replays, 12 s. 3 other changes made the batch pass as well.
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_long_change_is_said_in_short()
    {
        var subject = CommitMessage.Of(Repaired(Step("use '" + new string('x', 90) + "' instead of 'y'", "f()")), TimeSpan.Zero).Subject;
        subject.ShouldBe("dispatcher.py: correct the value that is used in f()");
    }

    [Fact]
    public void A_subject_is_one_short_line()
    {
        var subject = CommitMessage.Of(Repaired(Step("remove 'a(\n  b)'", new string('f', 90))), TimeSpan.Zero).Subject;
        subject.ShouldBe("dispatcher.py: remove 'a( b)'");
    }

    private static Mutant Step(string what, string where) => new("app/dispatcher.py", [], "name", 1, 7, 7, where, what);

    private static Repair Repaired(Mutant step) => new(
        Tree, [step], new Scoreboard([new TryResult("one", "failed", 0.25, "", 1)]), new Scoreboard([new TryResult("one", "passed", 1, "", 1)]), 140, 200, 3);
}
