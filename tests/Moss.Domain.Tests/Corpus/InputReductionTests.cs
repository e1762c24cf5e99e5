using System.Text.Json.Nodes;
using Moss.Domain.Corpus;

namespace Moss.Domain.Tests.Corpus;

public sealed class InputReductionTests
{
    [Theory]
    [InlineData("""[1,2,3,4,5,6,7,8]""", "[3,6]")]
    [InlineData("""{"noise":{"a":[1,2]},"talk":[{"role":"user","text":"3"},{"role":"user","text":"x 3 and 6 y"},7]}""", """{"talk":[{"text":"x 3 and 6 y"}]}""")]
    [InlineData("""{"log":"start\nsaw 3\nwent on\nsaw 6\nended"}""", """{"log":"saw 3\nsaw 6"}""")]
    [InlineData("\"a\\n3\\n6\\n\"", "\"3\\n6\"")]
    public async Task What_is_not_needed_is_taken_away_at_every_depth(string input, string left)
    {
        var reduced = await ReduceAsync(input, Needs("3", "6"));

        reduced.Value!.ToJsonString().ShouldBe(left);
        reduced.Minimal.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_needed_whole_stays_whole()
    {
        const string Input = """{"a":[1,{"b":"c\nd"}]}""";

        var reduced = await ReduceAsync(Input, value => value?.ToJsonString() == JsonNode.Parse(Input)!.ToJsonString());

        reduced.Value!.ToJsonString().ShouldBe(JsonNode.Parse(Input)!.ToJsonString());
        reduced.Minimal.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_anything_will_do_the_first_question_takes_everything()
    {
        var reduced = await ReduceAsync("[1,2,3,4]", _ => true);

        (reduced.Value!.ToJsonString(), reduced.Asked).ShouldBe(("[]", 1));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"one line\"")]
    [InlineData("[]")]
    public async Task What_has_no_parts_is_not_asked_about(string input)
    {
        var reduced = await ReduceAsync(input, _ => true);

        (reduced.Value?.ToJsonString() ?? "null", reduced.Asked, reduced.Minimal).ShouldBe((input, 0, true));
    }

    [Fact]
    public async Task With_the_questions_used_up_the_smallest_that_was_found_is_given_and_said_not_to_be_minimal()
    {
        var reduced = await ReduceAsync("[1,2,3,4,5,6,7,8]", Needs("3", "6"), most: 4);

        reduced.Asked.ShouldBe(4);
        reduced.Minimal.ShouldBeFalse();
        Needs("3", "6")(reduced.Value).ShouldBeTrue();
        reduced.Value!.AsArray().Count.ShouldBeLessThan(8);
    }

    [Fact]
    public async Task No_value_is_asked_about_twice_once_it_was_refused()
    {
        var asked = new List<string>();

        await ReduceAsync("[[1,1],[1,1],3,6]", value =>
        {
            asked.Add(value!.ToJsonString());
            return Needs("3", "6", "1,1")(value);
        });

        asked.ShouldBeUnique();
    }

    [Fact]
    public async Task The_value_itself_is_left_alone()
    {
        var input = JsonNode.Parse("[1,[2,3]]");

        await new InputReduction(100, _ => Task.FromResult(true)).ReduceAsync(input);

        input!.ToJsonString().ShouldBe("[1,[2,3]]");
    }

    /// <summary>Every subset of six items that must stay: what is left is that subset and nothing else, and no part of it can be spared.</summary>
    [Fact]
    public async Task Whatever_subset_is_needed_is_what_is_left()
    {
        for (var mask = 0; mask < 64; mask++)
        {
            var needed = Enumerable.Range(0, 6).Where(item => (mask >> item & 1) == 1).ToHashSet();

            var reduced = await ReduceAsync("[0,1,2,3,4,5]", value => needed.IsSubsetOf(value!.AsArray().Select(item => item!.GetValue<int>())));

            reduced.Value!.AsArray().Select(item => item!.GetValue<int>()).ShouldBe(needed.Order());
        }
    }

    private static Task<ReducedInput> ReduceAsync(string input, Func<JsonNode?, bool> holds, int most = 1000) =>
        new InputReduction(most, value => Task.FromResult(holds(value))).ReduceAsync(JsonNode.Parse(input));

    private static Func<JsonNode?, bool> Needs(params string[] parts) =>
        value => parts.All(part => (value?.ToJsonString() ?? "").Contains(part, StringComparison.Ordinal));
}
