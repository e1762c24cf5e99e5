using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Tokens;

namespace Moss.Adapters.Tests.Search;

public sealed class TokenLanguageTests
{
    [Theory]
    [InlineData("if (a < b) {", "if (a <= b) {")]
    [InlineData("return a && b;", "return a || b;")]
    [InlineData("i += 1;", "i -= 1;")]
    [InlineData("return n + 1;", "return n + 2;")]
    [InlineData("let ok = true;", "let ok = false;")]
    [InlineData("if (!ok) {", "if (ok) {")]
    [InlineData("x === y", "x !== y")]
    public void An_operator_or_constant_is_changed(string line, string expected) => Mutants(line).ShouldContain(expected);

    [Theory]
    [InlineData("// a < b")]
    [InlineData("/* a < 1 */")]
    [InlineData("\"a < 1\"")]
    [InlineData("'a < 1'")]
    public void Comments_and_texts_are_left_alone(string line) => Mutants(line).ShouldBeEmpty();

    [Theory]
    [InlineData("a/b.ts", true)]
    [InlineData("main.go", true)]
    [InlineData("a.py", false)]
    [InlineData("notes.md", false)]
    public void It_reads_languages_with_operators(string path, bool reads) => new TokenLanguage().Reads(path).ShouldBe(reads);

    private static List<string> Mutants(string source) =>
        [.. new TokenLanguage().Mutate(new SourceText("a.js", source), _ => true).Select(m => m.Apply(source))];
}
