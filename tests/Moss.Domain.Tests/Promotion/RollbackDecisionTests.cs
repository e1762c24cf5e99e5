using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

public sealed class RollbackDecisionTests
{
    [Fact]
    public void It_returns_to_the_last_known_good_version() =>
        RollbackDecision.Decide(Some.New, Some.Old).ShouldBe(new RollbackDecision.RollBackTo(Some.Old));

    [Fact]
    public void It_refuses_to_return_to_the_failing_content_whatever_the_commit()
    {
        var sameContent = Some.Old with { Tree = Some.New.Tree };

        RollbackDecision.Decide(Some.New, sameContent).ShouldBe(new RollbackDecision.WouldLoop(sameContent));
    }

    [Fact]
    public void Without_a_known_good_version_there_is_no_target() =>
        RollbackDecision.Decide(Some.New, null).ShouldBe(new RollbackDecision.NoTarget());
}
