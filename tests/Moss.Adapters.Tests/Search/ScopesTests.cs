using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Python;

namespace Moss.Adapters.Tests.Search;

public sealed class ScopesTests
{
    private const string Source = """
        limit = 3


        def outer(items, size):
            seen = set()
            for item in items:
                total = size + 1
                def inner(node):
                    mark = node.name
                    return mark
                names = [word.strip() for word in items if word]
            last = len(items)
            return last
        """;

    [Theory]
    [InlineData("seen = set()", "items size limit")]
    [InlineData("total = size + 1", "items size seen item total names limit")]
    [InlineData("mark = node.name", "node items size seen item total names last limit")]
    [InlineData("last = len(items)", "items size seen item total names limit")]
    public void A_statement_sees_what_has_a_value_there(string statement, string names)
    {
        var (file, scopes) = Read();
        scopes.At(Find(file, statement)).Select(v => v.Name).ShouldBe(names.Split(' '), ignoreOrder: true);
    }

    [Theory]
    [InlineData("size", Shape.Number)]
    [InlineData("seen", Shape.Set)]
    [InlineData("total", Shape.Number)]
    [InlineData("names", Shape.List)]
    [InlineData("last", Shape.Number)]
    [InlineData("item", Shape.Unknown)]
    public void A_name_has_the_shape_of_its_use(string name, object shape)
    {
        var (file, scopes) = Read();
        scopes.At(Find(file, "return last")).Single(v => v.Name == name).Shape.ShouldBe((Shape)shape);
    }

    [Fact]
    public void A_comprehension_has_names_of_its_own()
    {
        var (file, scopes) = Read();
        var statement = Find(file, "names = [word.strip() for word in items if word]");
        var words = statement.Expressions.Where(e => e.Kind == ExpressionKind.Name && file.Text(e) is "word" or "items").ToList();
        Sees(scopes, statement, words[0]).ShouldBeTrue();
        Sees(scopes, statement, words[^1]).ShouldBeTrue();
        var iterated = statement.Expressions.Single(e => e.Kind == ExpressionKind.Name && file.Text(e) == "items");
        Sees(scopes, statement, iterated).ShouldBeFalse();
    }

    [Fact]
    public void The_variable_of_a_loop_that_is_over_is_far()
    {
        var (file, scopes) = Read();
        scopes.At(Find(file, "return last")).Single(v => v.Name == "item").Distance.ShouldBe(1);
        scopes.At(Find(file, "total = size + 1")).Single(v => v.Name == "item").Distance.ShouldBe(0);
    }

    private static bool Sees(Scopes scopes, Statement statement, Expression node) => scopes.At(statement, node).Any(v => v.Name == "word");

    private static Statement Find(PythonFile file, string text) => file.All.Single(s => file.Text(s) == text);

    private static (PythonFile, Scopes) Read()
    {
        var file = PythonFile.Parse(new SourceText("a.py", Source));
        return (file, new Scopes(file));
    }
}
