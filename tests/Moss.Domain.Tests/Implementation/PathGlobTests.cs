using Moss.Domain.Implementation;

namespace Moss.Domain.Tests.Implementation;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("**", "a.py", true)]
    [InlineData("**", "a/b/c.py", true)]
    [InlineData("*", "a.py", true)]
    [InlineData("*", "a/b.py", false)]
    [InlineData("src/**", "src/a/b.py", true)]
    [InlineData("src/**", "src", false)]
    [InlineData("src/**", "srcs/a.py", false)]
    [InlineData("src/", "src/a/b.py", true)]
    [InlineData("./src/*.py", "src/a.py", true)]
    [InlineData("src/*.py", "src/a/b.py", false)]
    [InlineData("**/*.py", "a.py", true)]
    [InlineData("**/*.py", "x/y/a.py", true)]
    [InlineData("**/*.py", "x/y/a.pyc", false)]
    [InlineData("src/**/a.py", "src/a.py", true)]
    [InlineData("src/**/a.py", "src/x/y/a.py", true)]
    [InlineData("src/**/a.py", "src/x/ya.py", false)]
    [InlineData("a?.py", "ab.py", true)]
    [InlineData("a?.py", "a/.py", false)]
    [InlineData("a.py", "aXpy", false)]
    [InlineData("a (1)+[b].py", "a (1)+[b].py", true)]
    [InlineData("A.py", "a.py", false)]
    [InlineData("", "a", false)]
    public void A_pattern_fits_whole_paths(string pattern, string path, bool fits) =>
        new PathGlob(pattern).Matches(path).ShouldBe(fits);

    [Fact]
    public void A_name_with_a_line_end_cannot_slip_past_a_pattern()
    {
        new PathGlob("src/*.py").Matches("src/a.py\nmoss.yaml").ShouldBeFalse();
        new PathGlob("src/**").Matches("src/a\nb/c").ShouldBeTrue();
    }

    [Fact]
    public void A_pattern_made_to_be_slow_is_not() =>
        new PathGlob(string.Concat(Enumerable.Repeat("*a", 60))).Matches(new string('a', 20_000) + "b").ShouldBeFalse();
}
