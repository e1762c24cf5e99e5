using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Python;

namespace Moss.Adapters.Tests.Search;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("return a + b", "return a - b")]
    [InlineData("return a < b", "return a <= b")]
    [InlineData("return a < b", "return a > b")]
    [InlineData("return a == b", "return a != b")]
    [InlineData("return a and b", "return a or b")]
    [InlineData("return a & b", "return a ^ b")]
    [InlineData("return a in b", "return a not in b")]
    [InlineData("a += b", "a -= b")]
    [InlineData("a ^= b", "a &= b")]
    [InlineData("return 3", "return 4")]
    [InlineData("return 3", "return -1")]
    [InlineData("return True", "return False")]
    [InlineData("return []", "return [[]]")]
    [InlineData("return []", "return [a]")]
    [InlineData("return b[a]", "return b[a - 1]")]
    [InlineData("return b[1:a]", "return b[1:a + 1]")]
    [InlineData("return range(a)", "return range(a + 1)")]
    [InlineData("return f(a, b)", "return f(b, a)")]
    [InlineData("return a - b", "return b - a")]
    [InlineData("return a if c else b", "return b if c else a")]
    [InlineData("return a", "return b")]
    [InlineData("return a.x + b.y", "return a.y + b.y")]
    [InlineData("return a.x + b", "return a.x + b.x")]
    [InlineData("return a.x", "return a")]
    [InlineData("return b[a]", "return b")]
    [InlineData("return [x for x in b[0:2] if a > 1]", "return [x for x in b if a > 1]")]
    [InlineData("return any(a)", "return all(a)")]
    [InlineData("return f(a)", "return a")]
    [InlineData("return a % b", "return abs(a % b)")]
    [InlineData("a = b - 1", "a = max(a, b - 1)")]
    [InlineData("return a * b", "return b")]
    [InlineData("return f(a, b - 1)", "return f(a - b, b - 1)")]
    [InlineData("if a: return b", "if not a: return b")]
    [InlineData("if a and b: return c", "if a: return c")]
    [InlineData("while True: a = f(b)", "while b: a = f(b)")]
    [InlineData("if a.x is b: return c", "if a is None or a.x is b: return c")]
    [InlineData("return a == b", "return not a or a == b")]
    [InlineData("f(a)", "return f(a)")]
    [InlineData("a = b", "a += b")]
    [InlineData("a += b", "a = b")]
    [InlineData("yield f(a)", "yield from f(a)")]
    [InlineData("yield f(a)", "yield a")]
    [InlineData("f(a)", "pass")]
    [InlineData("a.sort()", "a.sort()\n    return a")]
    [InlineData("return a", "if not a:\n        return b\n    return a")]
    public void A_slip_has_its_repair_among_the_mutants(string line, string expected) =>
        Mutants($"def g(a, b, c):\n    {line}\n").ShouldContain($"def g(a, b, c):\n    {expected}\n");

    [Theory]
    [InlineData("b.add(a)\n    b.clear()", "b.clear()\n    b.add(a)")]
    [InlineData("for x in a:\n        f(x)\n        b = x\n    return b", "for x in a:\n        f(x)\n    b = x\n    return b")]
    [InlineData("for x in a:\n        f(x)\n    b = 1", "for x in a:\n        f(x)\n        b = 1")]
    [InlineData("if a:\n        return b\n    f(a)", "if a:\n        return b\n    else:\n        f(a)")]
    [InlineData("if a:\n        f(b)", "f(b)")]
    [InlineData("if a:\n        f(b)", "while a:\n        f(b)")]
    [InlineData("for x in a:\n        f(x)", "for x in a:\n        if not x:\n            continue\n        f(x)")]
    [InlineData("for x in a:\n        if x:\n            break", "for x in a:\n        if x:\n            continue")]
    [InlineData("seen = set()\n    for x in a:\n        f(x)", "seen = set()\n    for x in a:\n        f(x)\n        seen.add(x)")]
    [InlineData("out = []\n    for x in a:\n        out.append(x)\n    return out", "out = []\n    for x in a:\n        out.append(x)\n    out.append(b)\n    return out")]
    [InlineData("while a:\n        c = a.x\n        a = c\n    return b", "while a:\n        c = a.x\n        b = a\n        a = c\n    return b")]
    public void A_misplaced_or_missing_statement_too(string body, string expected) =>
        Mutants($"def g(a, b, c):\n    {body}\n").ShouldContain($"def g(a, b, c):\n    {expected}\n");

    [Theory]
    [InlineData("a = 1\n    b = 2", "b = 2\n    a = 1")]
    [InlineData("d = a + 1\n    e = d + 1", "e = d + 1\n    d = a + 1")]
    [InlineData("f(a)\n    return b", "return b\n    f(a)")]
    [InlineData("return a + \"x\"", "return a // \"x\"")]
    [InlineData("return f(a)", "return f - 1(a)")]
    public void What_cannot_help_is_not_proposed(string body, string pointless) =>
        Mutants($"def g(a, b, c):\n    {body}\n").ShouldNotContain($"def g(a, b, c):\n    {pointless}\n");

    [Theory]
    [InlineData("return a.x * 2 + c", "return a.x ** 2 + c")]
    [InlineData("return f(a)[1] ** b", "return (f(a) + b)[1] ** b")]
    [InlineData("return -a * b", "return -a")]
    [InlineData("return not a", "return a")]
    public void Precedence_is_kept(string line, string expected)
    {
        var mutants = Mutants($"def g(a, b, c):\n    {line}\n");
        if (expected.Contains("f(a) +", StringComparison.Ordinal))
        {
            mutants.ShouldNotContain($"def g(a, b, c):\n    return f(a) + b[1] ** b\n");
            return;
        }

        mutants.ShouldContain($"def g(a, b, c):\n    {expected}\n");
    }

    [Fact]
    public void A_looser_expression_gets_parentheses() => Mutants("def g(a, b, c):\n    return a * b.x\n")
        .ShouldNotContain("def g(a, b, c):\n    return a + c * b.x\n");

    [Fact]
    public void Only_lines_that_matter_are_changed()
    {
        const string Source = "def g(a, b):\n    c = a + b\n    return c - 1\n";
        var file = new SourceText("a.py", Source);
        new PythonLanguage().Mutate(file, line => line == 3).ShouldAllBe(m => m.FirstLine == 3);
    }

    [Fact]
    public void Every_mutant_is_still_understood()
    {
        const string Source = """
            import os

            class Store:
                '''Keeps rows.'''

                def __init__(self, rows, size=3):
                    self.rows = rows
                    self._size = size

                def page(self, at):
                    found = [row for row in self.rows[at:] if row.get("name") and not row["gone"]]
                    if not found:
                        return []
                    elif at < 0: return None
                    else:
                        for i, row in enumerate(found):
                            row["at"] = at + i * 2
                    try:
                        total = sum(row["amount"] for row in found) / len(found)
                    except ZeroDivisionError as e:
                        total = 0
                    return sorted(found, key=lambda r: (r["name"], -r["amount"]))[:self._size]
            """;
        var file = new SourceText("a.py", Source);
        var mutants = new PythonLanguage().Mutate(file, _ => true).ToList();
        mutants.Count.ShouldBeGreaterThan(500);
        foreach (var mutant in mutants)
        {
            var parsed = PythonFile.Parse(new SourceText("a.py", mutant.Apply(Source)));
            parsed.All.Where(s => s.Word == "opaque").ShouldBeEmpty(mutant.What);
        }
    }

    [Fact]
    public void A_documentation_text_is_left_alone() =>
        new PythonLanguage().Mutate(new SourceText("a.py", "def g():\n    'What it is.'\n    return 'a'\n"), _ => true)
            .ShouldAllBe(m => m.FirstLine != 2);

    private static List<string> Mutants(string source) =>
        [.. new PythonLanguage().Mutate(new SourceText("a.py", source), _ => true).Select(m => m.Apply(source))];
}
