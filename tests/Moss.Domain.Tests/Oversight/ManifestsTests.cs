using Moss.Domain.Oversight;

namespace Moss.Domain.Tests.Oversight;

public sealed class ManifestsTests
{
    [Theory]
    [InlineData("requirements.txt", true)]
    [InlineData("requirements-dev.txt", true)]
    [InlineData("web/package.json", true)]
    [InlineData("src/App.csproj", true)]
    [InlineData("Directory.Packages.props", true)]
    [InlineData("pyproject.toml", true)]
    [InlineData("go.mod", true)]
    [InlineData("Cargo.toml", true)]
    [InlineData("pom.xml", true)]
    [InlineData("notes.txt", false)]
    [InlineData("requirements.md", false)]
    [InlineData("package.json.py", false)]
    public void Files_that_declare_dependencies_are_known_by_their_names(string path, bool has) => Manifests.Has(path).ShouldBe(has);

    [Theory]
    [InlineData("requests>=2\n", "requests>=3\n", "requests")]
    [InlineData("  \"left-pad\": \"1.0\",\n", "  \"left-pad\": \"1.1\"\n", "left-pad")]
    [InlineData("<PackageVersion Include=\"Shouldly\" Version=\"4\" />\n", "<PackageVersion Include=\"Shouldly\" Version=\"5\" />\n", "Shouldly")]
    [InlineData("golang.org/x/net v0.1.0\n", "golang.org/x/net v0.2.0\n", "golang.org/x/net")]
    public void Another_version_is_one_change(string before, string after, string name)
    {
        var line = Manifests.Compare("file", before, after).ShouldHaveSingleItem();

        (line.Kind, line.Name).ShouldBe((DependencyChange.Changed, name));
    }

    [Fact]
    public void New_and_gone_lines_are_told_and_the_rest_is_not() =>
        Manifests.Compare("requirements.txt", "# tools\nflask\nrequests\n", "requests\nhttpx\n\n# more\n").Select(line => (line.Kind, line.Name))
            .ShouldBe([(DependencyChange.Added, "httpx"), (DependencyChange.Removed, "flask")]);

    [Fact]
    public void A_comma_that_came_or_went_is_no_change() =>
        Manifests.Compare("package.json", "{\n  \"a\": \"1\"\n}\n", "{\n  \"a\": \"1\",\n  \"b\": \"2\"\n}\n").ShouldHaveSingleItem().Name.ShouldBe("b");

    [Fact]
    public void The_same_line_twice_is_counted_twice() =>
        Manifests.Compare("f", "a\na\n", "a\n").ShouldHaveSingleItem().Kind.ShouldBe(DependencyChange.Removed);
}
