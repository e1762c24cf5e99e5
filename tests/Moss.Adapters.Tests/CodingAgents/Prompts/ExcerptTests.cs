using Moss.CodingAgents.Prompts;

namespace Moss.Adapters.Tests.CodingAgents.Prompts;

public sealed class ExcerptTests
{
    [Fact]
    public void A_short_text_is_whole() => Excerpt.Of("abc", 3).ShouldBe("abc");

    [Fact]
    public void A_long_text_keeps_its_head_and_tail()
    {
        var cut = Excerpt.Of("HEAD" + new string('x', 50_000_000) + "TAIL", 1000);

        cut.ShouldStartWith("HEAD");
        cut.ShouldEndWith("TAIL");
        cut.ShouldContain("[… 49999008 characters left out …]");
        cut.Length.ShouldBeLessThan(1060);
    }

    [Fact]
    public void A_character_is_never_cut_in_half()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 500));

        for (var limit = 1; limit < 60; limit++)
        {
            var cut = Excerpt.Of(text, limit);
            cut.EnumerateRunes().ShouldNotContain(rune => rune.Value == 0xFFFD, $"limit {limit}");
        }
    }
}
