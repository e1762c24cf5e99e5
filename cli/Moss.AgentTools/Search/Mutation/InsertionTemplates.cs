using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A missing statement: one of the same function again, also with another variable in it, or a simple update.</summary>
internal static class InsertionTemplates
{
    private const string Name = "insert";

    public static IEnumerable<Proposal> Propose(PythonFile file, Scopes scopes, Layout layout, Statement statement)
    {
        if (statement.Inline || statement.Continues || statement.Function is null || statement.Word is "def" or "class")
        {
            yield break;
        }

        var visible = scopes.At(statement);
        var last = layout.Heads(statement)[^1] == statement && statement.Word is not ("return" or "raise" or "break" or "continue");
        var indent = file.Indent(statement);
        foreach (var (text, cost) in Candidates(file, scopes, statement, visible).DistinctBy(c => c.Text))
        {
            if (!IsNeighbour(file, layout, statement, text))
            {
                yield return Insert(layout, layout.Before(statement), indent, text, cost, $"add '{text}' before '{Header(file, statement)}'") with
                {
                    Value = ValueOf(text),
                };
            }

            if (last)
            {
                yield return Insert(layout, layout.After(statement), indent, text, cost, $"add '{text}' after '{Header(file, statement)}'");
            }
        }
    }

    private static Proposal Insert(Layout layout, int at, string indent, string text, double cost, string what) =>
        new([layout.Insert(at, $"{indent}{text}\n")], Name, cost, what);

    /// <summary>What <c>x = y</c> or <c>xs.append(y)</c> brings in.</summary>
    private static ChangedValue? ValueOf(string text)
    {
        if (text.Split(" = ", 2) is [var target, var value] && !target.Contains(',', StringComparison.Ordinal))
        {
            return new ChangedValue(target, value, target);
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && text[..open].EndsWith(".append", StringComparison.Ordinal) && text[^1] == ')'
            ? new ChangedValue(null, text[(open + 1)..^1], text[..open])
            : null;
    }

    private static string Header(PythonFile file, Statement statement) => file.Text(statement);

    /// <summary>The same statement stands right here already.</summary>
    private static bool IsNeighbour(PythonFile file, Layout layout, Statement statement, string text)
    {
        var heads = layout.Heads(statement);
        var before = heads.TakeWhile(s => s != statement).LastOrDefault();
        return file.Text(statement) == text || (before is not null && file.Text(before) == text);
    }

    private static IEnumerable<(string Text, double Cost)> Candidates(
        PythonFile file, Scopes scopes, Statement statement, IReadOnlyList<VisibleName> visible) =>
        [.. Copies(file, scopes, statement, visible), .. Updates(visible)];

    private static IEnumerable<(string Text, double Cost)> Copies(
        PythonFile file, Scopes scopes, Statement statement, IReadOnlyList<VisibleName> visible)
    {
        foreach (var other in file.All.Where(s => s.Function == statement.Function && s.Word is "expression" or "assign" or "augmented" && !s.IsDocumentation))
        {
            var text = file.Text(other);
            if (text.Contains('\n', StringComparison.Ordinal))
            {
                continue;
            }

            if (other.Roots.All(r => scopes.CanRead(r, statement, visible)))
            {
                yield return (text, 2.5);
            }

            foreach (var name in other.Expressions.Where(e => e.Kind == ExpressionKind.Name && !Scopes.IsCallee(e)))
            {
                var shape = scopes.ShapeOf(name, other);
                foreach (var choice in visible.Where(v => v.Name != file.Text(name) && Priors.Mismatch(shape, v.Shape) < 1))
                {
                    var changed = text[..(name.Start - other.Start)] + choice.Name + text[(name.End - other.Start)..];
                    yield return (changed, 2.6 + Priors.Choice(shape, choice) * 0.5);
                }
            }
        }
    }

    private static IEnumerable<(string Text, double Cost)> Updates(IReadOnlyList<VisibleName> visible)
    {
        foreach (var target in visible.Where(v => v.Distance < 2))
        {
            foreach (var value in visible.Where(v => v.Name != target.Name && v.Distance < 2))
            {
                if (target.Shape is Shape.List or Shape.Set)
                {
                    var method = target.Shape == Shape.List ? "append" : "add";
                    var cost = 2.5 + (value.Shape == target.Shape ? 0.5 : 0) + Priors.Distance(value) * 0.5;
                    yield return ($"{target.Name}.{method}({value.Name})", cost);
                }

                if (target.Distance == 0 && Priors.Mismatch(target.Shape, value.Shape) < 1)
                {
                    yield return ($"{target.Name} = {value.Name}", 2.7 + Priors.Mismatch(target.Shape, value.Shape));
                }
            }

            foreach (var step in target.Shape == Shape.Number && target.Distance == 0 ? ["+= 1", "-= 1"] : Array.Empty<string>())
            {
                yield return ($"{target.Name} {step}", 2.8);
            }
        }
    }
}
