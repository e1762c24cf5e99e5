using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class JudgeDeclarationTests
{
    [Fact]
    public void A_judge_says_which_model_it_is_and_how_steady_it_must_be() =>
        Readings.Declared(Readings.Minimal + "judge: { model: { upstream: openai, name: gpt-4.1-mini }, votes: 7, maximumFlipRate: 0.05, minimumAgreement: 1, timeout: 20s }").Declaration.Judge
            .ShouldBe(new JudgeDeclaration(new("openai", "gpt-4.1-mini")) { Votes = 7, MaximumFlipRate = 0.05, MinimumAgreement = 1, Timeout = TimeSpan.FromSeconds(20) });

    [Fact]
    public void Nobody_judges_where_nothing_is_said() => Readings.Declared(Readings.Minimal).Declaration.Judge.ShouldBeNull();

    [Theory]
    [InlineData("votes: 3", "judge.model", "add model")]
    [InlineData("model: { upstream: a }", "judge.model.name", "add name")]
    [InlineData("model: { upstream: a, name: a b }", "judge.model.name", "without blanks")]
    [InlineData("model: { upstream: a, name: m }, votes: 4", "judge.votes", "write 3, 5, 7")]
    [InlineData("model: { upstream: a, name: m }, votes: 17", "judge.votes", "from 3 to 15")]
    [InlineData("model: { upstream: a, name: m }, maximumFlipRate: 0.6", "judge.maximumFlipRate", "from 0 to 0.5")]
    [InlineData("model: { upstream: a, name: m }, minimumAgreement: 0.4", "judge.minimumAgreement", "from 0.5 to 1")]
    [InlineData("model: { upstream: a, name: m }, timeout: 1h", "judge.timeout", "from 1s to 10m")]
    [InlineData("model: { upstream: a, name: m }, votse: 3", "judge.votse", "did you mean votes?")]
    public void What_is_wrong_is_named_with_the_fix(string members, string field, string fix)
    {
        var problem = Readings.Problem($"judge: {{ {members} }}");

        problem.Field.ShouldBe(field);
        problem.Fix.ShouldContain(fix);
    }
}
