using System.Text;
using Moss.AgentTools.Search.Python;

namespace Moss.Adapters.Tests.Search;

public sealed class PythonLexerTests
{
    [Theory]
    [InlineData("x = 1\n")]
    [InlineData("if a:\n    b()  # why\n\n# alone\nelse:\n\tc(1,\n\t  2)\n")]
    [InlineData("s = '''one\ntwo''' + \"\"\"three\"\"\" + r'\\d' + f\"{x!r:>{w}}\"\n")]
    [InlineData("a = b \\\n    + c\n")]
    [InlineData("n = 0x1F + 1_000 + 1.5e-3 + 2j + .5\n")]
    [InlineData("open = 'never closed\nnext = 1\n")]
    [InlineData("?!$\n")]
    [InlineData("def f(a: int = 1, *b, **c) -> str: ...\r\n")]
    [InlineData("")]
    public void The_text_can_be_put_together_again(string source)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var token in PythonLexer.Read(source))
        {
            var gap = source[at..token.Start];
            gap.ShouldAllBe(c => char.IsWhiteSpace(c) || c == '\\');
            text.Append(gap).Append(token.Read(source));
            at = token.End;
        }

        (text + source[at..]).ShouldBe(source);
    }

    [Fact]
    public void Tokens_are_what_a_reader_sees() => Words("total += d['a'][1:] ** -2  # note\n")
        .ShouldBe(["total", "+=", "d", "[", "'a'", "]", "[", "1", ":", "]", "**", "-", "2", "# note", "\n"]);

    [Fact]
    public void A_word_that_starts_like_a_prefix_is_a_name() => Words("for bar in rub: f'x'\n")
        .ShouldBe(["for", "bar", "in", "rub", ":", "f'x'", "\n"]);

    [Fact]
    public void A_hash_in_a_text_is_no_comment() => Words("a = '#' # b\n").ShouldBe(["a", "=", "'#'", "# b", "\n"]);

    [Fact]
    public void A_bracket_joins_lines() => LogicalLine.Split("f(1,\n  2)\ng()\n").Select(l => l.Tokens.Length).ShouldBe([6, 3]);

    [Fact]
    public void A_tab_counts_to_the_next_eighth_column() => LogicalLine.Split("if a:\n\tb\n    \tc\n        d\n").Select(l => l.Column).ShouldBe([0, 8, 8, 8]);

    private static List<string> Words(string source) => [.. PythonLexer.Read(source).Select(t => t.Read(source))];
}
