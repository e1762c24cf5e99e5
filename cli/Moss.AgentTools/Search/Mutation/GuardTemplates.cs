using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A missing early way out: <c>if …: return</c>, <c>continue</c> or <c>break</c> before a statement.</summary>
internal static class GuardTemplates
{
    private const string Name = "guard";
    private const double DearestCondition = 1.0;

    public static IEnumerable<Proposal> Propose(PythonFile file, Scopes scopes, Layout layout, Statement statement)
    {
        if (statement.Inline || statement.Continues || statement.Function is not { } function || statement.Word == "def")
        {
            yield break;
        }

        var visible = scopes.At(statement);
        var first = layout.Heads(statement).FirstOrDefault(s => !s.IsDocumentation) == statement;
        var ways = Ways(file, scopes, statement, function, visible)
            .Concat(first && statement.Parent == function ? AtStart(visible) : [])
            .DistinctBy(w => w.Text)
            .ToList();
        foreach (var condition in ConditionPool.At(file, scopes, statement).TakeWhile(c => c.Cost <= DearestCondition))
        {
            foreach (var (text, cost) in ways)
            {
                var indent = file.Indent(statement);
                var unit = Unit(file, function);
                var lines = $"{indent}if {condition.Text}:\n{indent}{unit}{text}\n";
                yield return new Proposal(
                    [layout.Insert(layout.Before(statement), lines)], Name, (first ? 2.4 : 2.7) + condition.Cost + cost,
                    $"add 'if {condition.Text}: {text}'")
                {
                    Value = new ChangedValue("False", $"bool({condition.Text})", text),
                };
            }
        }
    }

    /// <summary>One step of indentation, as the function has it.</summary>
    public static string Unit(PythonFile file, Statement function)
    {
        var body = function.Body.FirstOrDefault(s => !s.Inline);
        var (outer, inner) = (file.Indent(function), body is null ? "" : file.Indent(body));
        return inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..] : "    ";
    }

    private static IEnumerable<(string Text, double Cost)> Ways(
        PythonFile file, Scopes scopes, Statement statement, Statement function, IReadOnlyList<VisibleName> visible)
    {
        if (Layout.IsInLoop(statement))
        {
            yield return ("continue", 0.4);
            yield return ("break", 0.5);
        }

        var own = file.All.Where(s => s.Function == function).ToList();
        foreach (var given in own.Where(s => s.Word is "return" or "raise" && s != statement))
        {
            if (given.Roots.All(r => scopes.CanRead(r, statement, visible)))
            {
                yield return (file.Text(given), 0.2);
            }
        }

        if (own.Any(s => s.Expressions.Any(e => e.Kind == ExpressionKind.Yield)))
        {
            yield return ("return", 0.3);
        }
    }

    /// <summary>The base cases that a function may lack.</summary>
    private static IEnumerable<(string Text, double Cost)> AtStart(IReadOnlyList<VisibleName> visible)
    {
        foreach (var parameter in visible.Where(v => v.Distance == 0))
        {
            yield return ($"return {parameter.Name}", 0.7);
        }

        foreach (var constant in new[] { "None", "True", "False", "0", "[]", "1" })
        {
            yield return ($"return {constant}", 0.8);
        }
    }
}
