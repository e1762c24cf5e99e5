using Moss.Domain.Evidence;

namespace Moss.Domain.Tests.Evidence;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("plain text, even ünïcödé, 世界 and a\ttab\n", "plain text, even ünïcödé, 世界 and a\ttab\n")]
    [InlineData("\u001b[1;31mError\u001b[0m: no", "Error: no")]
    [InlineData("\u001b]0;a title\u0007text", "text")]
    [InlineData("\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b[2J\u001b[Hgone", "gone")]
    [InlineData("\u001bM\u001b[?25lup", "up")]
    [InlineData("\u001b]0;never ended\nnext", "\nnext")]
    [InlineData("\u001b", "\uFFFD")]
    [InlineData("\u009b31mred", "\uFFFD31mred")]
    [InlineData("a\0b\u0007c\bd", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    [InlineData("abc\u202Etxt.exe", "abc\uFFFDtxt.exe")]
    [InlineData("zero\u200Bwidth\uFEFF", "zero\uFFFDwidth\uFFFD")]
    public void What_a_terminal_would_obey_is_gone_and_what_cannot_be_seen_is_marked(string text, string clean) => ForeignText.Clean(text).ShouldBe(clean);

    [Fact]
    public void A_secret_is_found_even_where_it_is_coloured() =>
        ForeignText.Clean("password=\u001b[31mhunter2\u001b[0m\nand on").ShouldBe("password=[secret]\nand on");

    [Fact]
    public void What_is_clean_stays_as_it_is()
    {
        var clean = ForeignText.Clean("\u001b[1mtoken: \u0000 Bearer abc123def456ghi\u001b[0m");

        ForeignText.Clean(clean).ShouldBe(clean);
    }

    [Fact]
    public void Of_a_hundred_thousand_commands_that_never_end_none_is_left() =>
        ForeignText.Clean(string.Concat(Enumerable.Repeat("\u001b]", 100_000))).ShouldNotContain('\u001b');
}
