using System.Text.Json;
using Moss.AgentTools.Api.Tools;
using Moss.CodingAgents;
using Moss.CodingAgents.Roles;

namespace Moss.Adapters.Tests.Api;

public sealed class ToolBoxTests
{
    private static readonly Reach Anywhere = new("/work", "/moss/task");

    public static TheoryData<Role> Everyone => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Everyone))]
    public void Only_an_author_can_change_or_run_anything(Role role)
    {
        var tools = ToolBox.For(role.Word(), Anywhere, TimeProvider.System);

        tools.MayEdit.ShouldBe(role == Role.Implement);
        tools.Offers.Select(offer => offer.Name).ShouldBe(
            role == Role.Implement ? ["read_file", "search", "list_files", "edit_file", "write_file", "run"] : ["read_file", "search", "list_files"]);
    }

    [Fact]
    public void Every_role_of_Moss_has_its_tools() => ToolBox.Roles.ShouldBe(Enum.GetValues<Role>().Select(role => role.Word()), ignoreOrder: true);

    [Fact]
    public void Every_tool_says_what_it_takes()
    {
        foreach (var offer in ToolBox.For("implement", Anywhere, TimeProvider.System).Offers)
        {
            var schema = JsonDocument.Parse(offer.Schema).RootElement;
            schema.GetProperty("type").GetString().ShouldBe("object");
            schema.GetProperty("properties").EnumerateObject().ShouldNotBeEmpty();
            offer.Description.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [InlineData("edit_file", "{}", "there is no tool 'edit_file'; there are read_file, search, list_files")]
    [InlineData("", "{}", "there is no tool ''")]
    [InlineData("read_file", "{\"path\":\"a", "not JSON")]
    [InlineData("read_file", "[1]", "must be a JSON object")]
    [InlineData("read_file", "{}", "'path' is missing")]
    [InlineData("read_file", "{\"path\":null}", "'path' is missing")]
    [InlineData("read_file", "{\"path\":7}", "'path' must be a text")]
    [InlineData("read_file", "{\"path\":\"a\",\"offset\":0}", "'offset' must be a whole number from 1")]
    [InlineData("read_file", "{\"path\":\"a\",\"limit\":\"all\"}", "'limit' must be a whole number from 1 to 2000")]
    public async Task What_cannot_be_done_is_an_answer_that_says_why(string tool, string input, string reason)
    {
        using var bench = new ToolBench("review-code");

        (await bench.RefusedAsync(tool, input)).ShouldContain(reason);
    }

    [Fact]
    public async Task A_long_answer_is_cut_and_says_so()
    {
        using var bench = new ToolBench();
        bench.Write("work/long.txt", "begin" + new string('x', 50_000) + "end");

        var text = await bench.DoneAsync("read_file", new { path = "long.txt" });

        text.Length.ShouldBeInRange(ToolBox.MostAnswer, ToolBox.MostAnswer + 100);
        text.ShouldStartWith("beginx");
        text.ShouldEndWith("xend");
        text.ShouldContain("[... 30008 characters are left out here ...]");
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("", 6, "")]
    [InlineData("abcdefg", 6, "abc\n[... 1 characters are left out here ...]\nefg")]
    public void A_text_keeps_its_beginning_and_its_end(string text, int most, string kept) => BoundedText.Of(text, most).ShouldBe(kept);

    [Fact]
    public void It_is_the_same_however_it_comes_in_pieces()
    {
        var bounded = new BoundedText(10);
        foreach (var piece in Enumerable.Repeat("abcdefghijk", 100))
        {
            bounded.Append(piece);
        }

        bounded.ToString().ShouldBe(BoundedText.Of(string.Concat(Enumerable.Repeat("abcdefghijk", 100)), 10));
    }
}
