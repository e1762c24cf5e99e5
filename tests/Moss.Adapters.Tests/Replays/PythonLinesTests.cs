using Moss.Replays.Coverage;

namespace Moss.Adapters.Tests.Replays;

public sealed class PythonLinesTests
{
    [Theory]
    [InlineData("a\nb\n", "1 2")]
    [InlineData("a\nb", "1 2")]
    [InlineData("", "")]
    [InlineData("\n\n", "1 2")]
    [InlineData("a = (1,\n     2)\nb\n", "1-2 3")]
    [InlineData("a = {\n  'x': [1,\n    2],\n}\nb\n", "1-4 5")]
    [InlineData("p = \"\"\"one\ntwo (\n\"three'\n\"\"\"\nb\n", "1-4 5")]
    [InlineData("p = '''it's\nso'''\nb\n", "1-2 3")]
    [InlineData("p = r'\\'\nb\n", "1 2")]
    [InlineData("p = 'a\\'(b'\nb\n", "1 2")]
    [InlineData("p = 'not closed (\nb\n", "1 2")]
    [InlineData("a = 1 + \\\n    2\nb\n", "1-2 3")]
    [InlineData("a = 1 + \\\r\n    2\r\nb\r\n", "1-2 3")]
    [InlineData("# it's (\nb\n", "1 2")]
    [InlineData("a = (  # it's (\n  1)\nb\n", "1-2 3")]
    [InlineData("f(''\n  '')\nb\n", "1-2 3")]
    [InlineData("a = f'{x[\"(\"]}'\nb\n", "1 2")]
    [InlineData("p = '''never closed\nb\n", "1-2")]
    [InlineData("a)))\nb\n", "1 2")]
    [InlineData("\\", "1")]
    public void Lines_that_are_one_for_the_interpreter_belong_together(string text, string lines) =>
        string.Join(' ', PythonLines.Logical(text).Select(span => span.First == span.Last ? $"{span.First}" : $"{span.First}-{span.Last}")).ShouldBe(lines);

    [Fact]
    public void Every_line_of_any_text_is_in_exactly_one_of_them()
    {
        var chance = new Random(20);
        const string letters = "ab\n\n()[]'\"\\#{ }";
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(40)).Select(_ => letters[chance.Next(letters.Length)])) + "x";

            PythonLines.Logical(text).SelectMany(span => Enumerable.Range(span.First, span.Last - span.First + 1))
                .ShouldBe(Enumerable.Range(1, text.Count(letter => letter == '\n') + 1), text);
        }
    }
}
