using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class EscapingLinksTests
{
    [Theory]
    [InlineData("a", "/etc/passwd")]
    [InlineData("a", "..")]
    [InlineData("a/b", "../..")]
    [InlineData("a/b", "../c/../../x")]
    [InlineData("a", "./././../x")]
    public void A_link_that_climbs_out_escapes(string link, string target) =>
        EscapingLinks.Among(new Dictionary<string, string> { [link] = target }).ShouldBe([link]);

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "missing/../b")]
    [InlineData("a/b/c", "../../d")]
    [InlineData("a", ".")]
    public void A_link_within_the_tree_stays(string link, string target) =>
        EscapingLinks.Among(new Dictionary<string, string> { [link] = target }).ShouldBeEmpty();

    [Fact]
    public void A_link_that_climbs_out_over_another_one_escapes()
    {
        var links = new Dictionary<string, string> { ["p/q/up"] = "../..", ["x"] = "p/q/up/../y" };

        EscapingLinks.Among(links).ShouldBe(["x"]);
    }

    [Fact]
    public void A_link_below_a_linked_folder_is_followed_from_where_it_really_is()
    {
        var links = new Dictionary<string, string> { ["short"] = "deep/er/est", ["x"] = "short/../../file" };

        EscapingLinks.Among(links).ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_counts_as_escaping() =>
        EscapingLinks.Among(new Dictionary<string, string> { ["a"] = "b", ["b"] = "a", ["self"] = "self/x" }).ShouldBe(["a", "b", "self"]);
}
