using System.Collections.Immutable;
using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class SubstrateCheckTests
{
    private static readonly string[] Files = ["moss.yaml", "src/app.py", "tests/test_app.py", "scenarios/one.json"];

    [Fact]
    public void A_declaration_that_its_files_bear_out_has_no_problem() => Check("scope: { editable: [\"src/**\"], protected: [\"tests/**\"] }").ShouldBeEmpty();

    [Theory]
    [InlineData("scope:\n  editable:\n    - src/**\n    - lib/**\n", "scope.editable[1]", 6, "matches no file: 'lib/**'")]
    [InlineData("scope:\n  protected: [test/**]\n", "scope.protected[0]", 4, "matches no file")]
    [InlineData("scope:\n  editable: [moss.yaml, \"scenarios/**\"]\n", "scope.editable", 4, "protected files only")]
    [InlineData("scenarios: cases\n", "scenarios", 3, "there is no cases/*.json")]
    [InlineData("image: {}\n", "image.dockerfile", 3, "is no file of the repository: 'Dockerfile'")]
    [InlineData("image:\n  dockerfile: docker/app\n", "image.dockerfile", 4, "is no file of the repository: 'docker/app'")]
    [InlineData("smoke:\n  command: [x]\n  workingDirectory: lib\n", "smoke.workingDirectory", 5, "is no folder of the repository")]
    [InlineData("smoke:\n  command: [x]\n  workingDirectory: src/app.py\n", "smoke.workingDirectory", 5, "is no folder of the repository")]
    public void What_the_files_do_not_bear_out_is_reported_with_its_line(string added, string field, int line, string problem)
    {
        var found = Check(added).ShouldHaveSingleItem();

        (found.Field, found.Line).ShouldBe((field, line));
        found.Problem.ShouldContain(problem);
        found.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_default_that_fails_points_at_no_line() =>
        SubstrateCheck.Against(Readings.Declared(Readings.Minimal), ["moss.yaml", "src/app.py", "scenarios/deep/one.json"])
            .ShouldHaveSingleItem().ToString().ShouldStartWith("moss.yaml: scenarios holds no scenario");

    private static ImmutableArray<SubstrateProblem> Check(string added) => SubstrateCheck.Against(Readings.Declared(Readings.Minimal + added), Files);
}
