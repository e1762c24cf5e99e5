using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A statement, or the condition around some, that should not be there.</summary>
internal static class RemovalTemplates
{
    private const string Name = "remove";

    public static IEnumerable<Proposal> Propose(PythonFile file, Layout layout, Statement statement)
    {
        if (!layout.StandsAlone(statement))
        {
            yield break;
        }

        if (statement.IsSimple && statement.Word != "pass")
        {
            var edit = file.Block(statement).Count == 1
                ? new Edit(statement.Start, statement.End, "pass")
                : layout.Remove(statement);
            yield return new Proposal([edit], Name, 2.4 + Needed(file, layout, statement), $"remove '{file.Text(statement)}'");
        }

        if (statement.Compound && statement.Body.Count > 0 && !statement.Body[0].Inline && file.Group(statement).Count == 1
            && statement.Word is "if" or "for" or "while" or "with")
        {
            var body = file.Source.Slice(layout.Before(statement.Body[0]), layout.After(statement));
            var dedented = Layout.Reindent(body.EndsWith('\n') ? body : body + "\n", file.Indent(statement.Body[0]), file.Indent(statement));
            yield return new Proposal(
                [new Edit(layout.Before(statement), layout.After(statement), dedented)], Name, 2.6, $"drop '{file.Text(statement)}' around its body");
        }
    }

    /// <summary>What it adds that something else will miss the statement.</summary>
    private static double Needed(PythonFile file, Layout layout, Statement statement) =>
        statement.Word is "return" && statement.Parent == statement.Function && layout.Next(statement) is null ? 1
        : statement.Word is "assign" && DataFlow.Sets(file, statement).Any(name => DataFlow.IsFirstSet(file, statement, name)) ? 1.2
        : 0;
}
