using Moss.Replays.Judging;
using Moss.Substrates;
using Moss.Trials.Judging;

namespace Moss.Services.Tests.Trials;

/// <summary>What every way to a judge does, the scripted one and those behind the proxy.</summary>
public abstract class JudgeConformance
{
    private static readonly JudgeQuestion Question = new("Does it apologise?", "We are sorry.");

    private protected static JudgeDeclaration Declaration { get; } = new(new JudgeModel("stub", "m")) { Timeout = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_says_what_the_model_says_and_what_that_took(bool holds)
    {
        await SaysAsync(holds);
        await using var judge = Open();

        var reply = (await judge.AskAsync(Question, CancellationToken.None)).ShouldBeOfType<JudgeReply.Said>();

        reply.Holds.ShouldBe(holds);
        (reply.TokensIn, reply.TokensOut).ShouldBe((100, 5));
        var paid = await judge.SettleAsync(CancellationToken.None);
        (paid.TokensIn, paid.TokensOut, paid.Calls, paid.Refused).ShouldBe((100, 5, 1, 0));
        paid.Dollars.ShouldBePositive();
    }

    [Fact]
    public async Task Another_answer_than_yes_or_no_is_none()
    {
        await SaysNonsenseAsync();
        await using var judge = Open();

        (await judge.AskAsync(Question, CancellationToken.None)).ShouldBeOfType<JudgeReply.Unusable>().Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_model_that_cannot_be_asked_is_no_answer_of_it()
    {
        await IsAwayAsync();
        await using var judge = Open();

        (await judge.AskAsync(Question, CancellationToken.None)).ShouldBeOfType<JudgeReply.Unavailable>().ForWantOfMoney.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_that_could_cost_more_than_is_left_is_not_made()
    {
        await IsTooDearAsync();
        await using var judge = Open(dollars: 0.0000001m);

        (await judge.AskAsync(Question, CancellationToken.None)).ShouldBeOfType<JudgeReply.Unavailable>().ForWantOfMoney.ShouldBeTrue();
        (await judge.SettleAsync(CancellationToken.None)).Refused.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_paid_by_who_asks_nothing()
    {
        await using var judge = Open();

        (await judge.SettleAsync(CancellationToken.None)).Calls.ShouldBe(0);
    }

    [Fact]
    public async Task It_asks_nothing_when_nobody_wants_the_answer_any_more()
    {
        await using var judge = Open();

        await Should.ThrowAsync<OperationCanceledException>(async () => await judge.AskAsync(Question, new CancellationToken(canceled: true)));
    }

    private protected abstract IOpenJudge Open(decimal dollars = 10);

    private protected abstract Task SaysAsync(bool holds);

    private protected abstract Task SaysNonsenseAsync();

    private protected abstract Task IsAwayAsync();

    private protected abstract Task IsTooDearAsync();
}

/// <summary>The fake.</summary>
public sealed class ScriptedJudgesTests : JudgeConformance
{
    private readonly ScriptedJudges judges = new();

    private protected override IOpenJudge Open(decimal dollars = 10) => judges.Open("job", Declaration, () => dollars);

    private protected override Task SaysAsync(bool holds) => Answer(new JudgeReply.Said(holds) { TokensIn = 100, TokensOut = 5 });

    private protected override Task SaysNonsenseAsync() => Answer(new JudgeReply.Unusable("perhaps"));

    private protected override Task IsAwayAsync() => Answer(new JudgeReply.Unavailable("it is away"));

    private protected override Task IsTooDearAsync() => Answer(new JudgeReply.Unavailable("too dear", ForWantOfMoney: true));

    private Task Answer(JudgeReply reply)
    {
        judges.Answer = (_, _) => reply;
        return Task.CompletedTask;
    }
}
