using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class EditScopeRulesTests
{
    private static readonly EditScopeRules Open = Rules(new EditScope());

    private static readonly EditScopeRules Narrow = Rules(new EditScope
    {
        Editable = ["src/**", "pyproject.toml"],
        Protected = ["src/model.py", "**/secret/**"],
        Dependencies = ["pyproject.toml", "requirements*.txt"],
    });

    [Theory]
    [InlineData("src/app.py")]
    [InlineData("src/deep/er.py")]
    [InlineData("pyproject.toml")]
    public void What_is_editable_may_be_changed(string path) => Narrow.WhyNot(path).ShouldBeNull();

    [Theory]
    [InlineData("README.md", "matches none of scope.editable")]
    [InlineData("src/model.py", "is protected by src/model.py")]
    [InlineData("src/secret/x", "is protected by **/secret/**")]
    public void Protected_wins_over_editable_and_the_rest_is_closed(string path, string reason) => Narrow.WhyNot(path).ShouldBe(reason);

    [Theory]
    [InlineData("moss.yaml")]
    [InlineData("Moss.YAML")]
    [InlineData("cases/refund.json")]
    [InlineData("cases/graders/check.py")]
    [InlineData("Cases/refund.json")]
    [InlineData("cases")]
    [InlineData(".gitignore")]
    [InlineData("src/.gitattributes")]
    [InlineData(".gitmodules")]
    [InlineData(".git/config")]
    [InlineData("a/.GIT/hooks/x")]
    [InlineData(".github/workflows/ci.yml")]
    public void Some_paths_are_always_protected(string path) => Open.Allows(path).ShouldBeFalse();

    [Theory]
    [InlineData("docker/App")]
    [InlineData("Docker/app")]
    public void What_says_how_images_are_built_is_protected(string path) =>
        new EditScopeRules(new SubstrateDeclaration("desk") { Trial = new([]), Image = new("docker/App") }).WhyNot(path)
            .ShouldBe("says how images are built and is always protected");

    [Theory]
    [InlineData("sub/moss.yaml")]
    [InlineData("cases.py")]
    [InlineData("old/cases/x.json")]
    [InlineData("gitignore")]
    public void What_only_resembles_them_is_not(string path) => Open.Allows(path).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("bad\uFFFDname")]
    public void A_path_that_is_no_plain_name_is_refused(string path) => Open.Allows(path).ShouldBeFalse();

    [Fact]
    public void What_is_only_not_editable_is_not_protected()
    {
        Narrow.IsProtected("README.md").ShouldBeFalse();
        Narrow.IsProtected("src/model.py").ShouldBeTrue();
        Narrow.IsProtected("moss.yaml").ShouldBeTrue();
        Narrow.IsProtected("src/app.py").ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_lists_dependencies_is_known_as_one()
    {
        Narrow.IsDependency("requirements-dev.txt").ShouldBeTrue();
        Narrow.IsDependency("src/app.py").ShouldBeFalse();
    }

    private static EditScopeRules Rules(EditScope scope) =>
        new(new SubstrateDeclaration("desk") { Trial = new TrialStep(["run"]), Scenarios = "cases", Scope = scope });
}
