using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Python;

namespace Moss.Adapters.Tests.Search;

public sealed class PythonParserTests
{
    [Theory]
    [InlineData("x", ExpressionKind.Name)]
    [InlineData("x.y", ExpressionKind.Attribute)]
    [InlineData("x[1:2, ::3]", ExpressionKind.Subscript)]
    [InlineData("f(a, *b, c=1, **d)", ExpressionKind.Call)]
    [InlineData("f(x for x in y if x)", ExpressionKind.Call)]
    [InlineData("a + b * c ** -d", ExpressionKind.Binary)]
    [InlineData("a < b <= c", ExpressionKind.Compare)]
    [InlineData("a not in b", ExpressionKind.Compare)]
    [InlineData("a is not None", ExpressionKind.Compare)]
    [InlineData("not a == b", ExpressionKind.Not)]
    [InlineData("a and b or c", ExpressionKind.Or)]
    [InlineData("a if b else c", ExpressionKind.Ternary)]
    [InlineData("lambda x, y=1, *z: x + y", ExpressionKind.Lambda)]
    [InlineData("(a)", ExpressionKind.Group)]
    [InlineData("(a, b)", ExpressionKind.Tuple)]
    [InlineData("a, b", ExpressionKind.Tuple)]
    [InlineData("()", ExpressionKind.Tuple)]
    [InlineData("[a, b]", ExpressionKind.List)]
    [InlineData("{a, b}", ExpressionKind.Set)]
    [InlineData("{a: b, **c}", ExpressionKind.Dictionary)]
    [InlineData("{}", ExpressionKind.Dictionary)]
    [InlineData("[x for x in y if x for z in x]", ExpressionKind.Comprehension)]
    [InlineData("{k: v for k, v in d.items()}", ExpressionKind.Comprehension)]
    [InlineData("'a' 'b'", ExpressionKind.Text)]
    [InlineData("await f()", ExpressionKind.Await)]
    [InlineData("(yield x)", ExpressionKind.Group)]
    public void An_expression_is_read_whole(string text, object kind)
    {
        var root = Parse(text + "\n").All.ShouldHaveSingleItem().Roots.ShouldHaveSingleItem();
        root.Kind.ShouldBe((ExpressionKind)kind);
        (root.Start, root.End).ShouldBe((0, text.Length));
    }

    [Theory]
    [InlineData("if a: b()", "if", "expression")]
    [InlineData("for a, b in c: pass", "for", "pass")]
    [InlineData("while (n := f()): break", "while", "break")]
    [InlineData("with open(a) as b, c: continue", "with", "continue")]
    [InlineData("def f(a, /, b: int = 1, *, c=2) -> int: return a", "def", "return")]
    [InlineData("async def f(): await g()", "def", "expression")]
    [InlineData("class A(B, metaclass=C): x = 1", "class", "assign")]
    [InlineData("try: x += 1", "try", "augmented")]
    [InlineData("except (A, B) as e: raise C from e", "except", "raise")]
    [InlineData("a = b = c", "assign")]
    [InlineData("a: int = 1", "assign")]
    [InlineData("a, *b = c", "assign")]
    [InlineData("a[i] = yield x", "assign")]
    [InlineData("return", "return")]
    [InlineData("assert a, b", "assert")]
    [InlineData("del a[0], b", "del")]
    [InlineData("from a.b import c as d, e", "from")]
    [InlineData("match = 1", "assign")]
    [InlineData("match(x)", "expression")]
    [InlineData("print >>f, x y", "opaque")]
    [InlineData("a = b; c = d", "opaque")]
    public void A_statement_is_known_by_its_word(string line, params string[] words) =>
        Parse(line + "\n").All.Select(s => s.Word).ShouldBe(words);

    [Fact]
    public void Blocks_follow_the_indentation()
    {
        var file = Parse(
            """
            def f(a):
                if a:
                    b()
                elif c:
                    d()
                # a comment at a strange column
              # another
                else:
                    e()
                return a
            g()
            """);
        file.Top.Select(s => s.Word).ShouldBe(["def", "expression"]);
        file.Top[0].Body.Select(s => s.Word).ShouldBe(["if", "elif", "else", "return"]);
        file.Group(file.Top[0].Body[0]).Count.ShouldBe(3);
        file.Top[0].BlockEndLine.ShouldBe(10);
        file.Top[0].Parameters.ShouldBe(["a"]);
    }

    [Fact]
    public void What_is_not_understood_does_not_disturb_what_follows()
    {
        var file = Parse("if a ? b:\n    c()\nd()\n");
        file.Top.Select(s => s.Word).ShouldBe(["opaque", "expression"]);
        file.Top[0].Body.ShouldHaveSingleItem().Word.ShouldBe("expression");
    }

    [Theory]
    [InlineData("x = (")]
    [InlineData("def (:")]
    [InlineData("for in in in:")]
    [InlineData("a[")]
    [InlineData("lambda")]
    [InlineData("f(a b)")]
    [InlineData("{a: }")]
    [InlineData("x if y")]
    [InlineData("]]]")]
    [InlineData("import")]
    [InlineData("class")]
    public void Broken_text_ends(string source) => Parse(source + "\n").All.ShouldNotBeEmpty();

    private static PythonFile Parse(string source) => PythonFile.Parse(new SourceText("a.py", source));
}
