using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A missing return, the wrong kind of assignment, the wrong kind of branch or loop.</summary>
internal static class FlowTemplates
{
    private const string Name = "flow";

    public static IEnumerable<Proposal> Propose(PythonFile file, Scopes scopes, Layout layout, Statement statement) =>
    [
        .. Keyword(file, layout, statement),
        .. Values(file, scopes, statement),
        .. Yields(file, statement),
        .. Ends(file, scopes, layout, statement),
    ];

    private static IEnumerable<Proposal> Keyword(PythonFile file, Layout layout, Statement statement)
    {
        var previous = file.Block(statement).TakeWhile(s => s != statement).LastOrDefault();
        switch (statement.Word)
        {
            case "break":
                yield return Word(file, statement, "continue", 1.6);
                break;
            case "continue":
                yield return Word(file, statement, "break", 1.6);
                break;
            case "if":
                if (file.Group(statement).Count == 1)
                {
                    yield return Word(file, statement, "while", 2.1);
                }

                if (previous is { Word: "if" or "elif" })
                {
                    yield return Word(file, statement, "elif", 2.1);
                }

                break;
            case "while":
                yield return Word(file, statement, "if", 2.5);
                break;
            case "elif":
                yield return Word(file, statement, "if", 2.1);
                break;
        }

        if (statement.Word == "if" && file.Group(statement).Count == 1 && layout.Next(statement) is { } next && layout.StandsAlone(next)
            && statement.Body.Count > 0 && !statement.Body[0].Inline)
        {
            var (outer, inner) = (file.Indent(statement), file.Indent(statement.Body[0]));
            var lines = $"{outer}else:\n{Layout.Reindent(layout.Lines(next), outer, inner)}";
            yield return new Proposal([new Edit(layout.Before(next), layout.After(next), lines)], Name, 2.3, $"put '{file.Text(next)}' under an else");
        }
    }

    private static Proposal Word(PythonFile file, Statement statement, string word, double cost) =>
        new([new Edit(statement.Start, statement.Start + statement.Word.Length, word)], Name, cost,
            $"use '{word}' instead of '{statement.Word}' in '{file.Text(statement)}'");

    private static IEnumerable<Proposal> Values(PythonFile file, Scopes scopes, Statement statement)
    {
        switch (statement.Word)
        {
            case "expression" when statement.Roots[0].Kind == ExpressionKind.Call && statement.Function is not null:
                var last = file.Block(statement)[^1] == statement;
                yield return new Proposal([Edit.Insert(statement.Start, "return ")], Name, last ? 1.6 : 2.8, $"return the result of '{file.Text(statement)}'");
                break;
            case "assign" when statement.Roots.Length == 2:
                var (target, value) = (statement.Roots[0], statement.Roots[1]);
                var fresh = IsFresh(file, statement) ? 1.5 : 0;
                yield return new Proposal(
                    [new Edit(target.End, value.Start, " += ")], Name, 1.9 + fresh + Priors.Mismatch(Shape.Number | Shape.Series, scopes.ShapeOf(value, statement)),
                    $"add to '{file.Text(target)}' instead of setting it");
                if (statement.Function is not null)
                {
                    yield return new Proposal([new Edit(statement.Start, value.Start, "return ")], Name, 2.5, $"return '{file.Text(value)}'");
                }

                break;
            case "augmented" when statement.Mark is { } mark:
                yield return new Proposal([new Edit(mark.Start, mark.End, "=")], Name, 1.9, $"set '{file.Text(statement.Roots[0])}' instead of adding to it");
                foreach (var proposal in OperatorTemplates.OfAugmented(file, mark, scopes.ShapeOf(statement.Roots[0], statement)))
                {
                    yield return proposal;
                }

                break;
            case "return" when statement.Roots.Length == 1:
                yield return new Proposal(
                    [new Edit(statement.Start, statement.Start + statement.Word.Length, "yield")], Name, 2.4, $"yield '{file.Text(statement.Roots[0])}'");
                break;
        }
    }

    /// <summary>There is nothing yet that could be added to.</summary>
    private static bool IsFresh(PythonFile file, Statement statement) =>
        DataFlow.Sets(file, statement).Any(name => DataFlow.IsFirstSet(file, statement, name));

    private static IEnumerable<Proposal> Yields(PythonFile file, Statement statement)
    {
        foreach (var node in statement.Expressions.Where(e => e.Kind == ExpressionKind.Yield && e.Parts.Length == 1))
        {
            var from = file.Source.Slice(node.Marks[0].End, node.Parts[0].Start);
            var plain = string.IsNullOrWhiteSpace(from);
            yield return new Proposal(
                [new Edit(node.Marks[0].End, node.Parts[0].Start, plain ? " from " : " ")], Name, 1.6,
                plain ? $"yield from '{file.Text(node.Parts[0])}'" : $"yield '{file.Text(node.Parts[0])}' as one value");
        }
    }

    private static IEnumerable<Proposal> Ends(PythonFile file, Scopes scopes, Layout layout, Statement statement)
    {
        if (statement.Inline || statement.Function is not { } function || layout.Heads(statement)[^1] != statement
            || statement.Word is "return" or "raise" or "break" or "continue")
        {
            yield break;
        }

        var indent = file.Indent(statement);
        if (statement.Parent == function && !function.Names[0].StartsWith("__", StringComparison.Ordinal))
        {
            foreach (var name in scopes.At(statement).Where(v => v.Distance == 0))
            {
                yield return End(layout, statement, $"{indent}return {name.Name}\n", 2.1);
            }
        }
        else if (statement.Parent != function && Layout.IsInLoop(statement))
        {
            yield return End(layout, statement, $"{indent}break\n", 2.4);
            yield return End(layout, statement, $"{indent}continue\n", 2.4);
        }
    }

    private static Proposal End(Layout layout, Statement statement, string line, double cost) =>
        new([layout.Insert(layout.After(statement), line)], Name, cost, $"add '{line.Trim()}'");
}
