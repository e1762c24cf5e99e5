using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A statement in the wrong place: before its neighbour, inside or outside a block.</summary>
internal static class MovementTemplates
{
    private const string Name = "move";

    public static IEnumerable<Proposal> Propose(PythonFile file, Layout layout, Statement statement) =>
        layout.StandsAlone(statement) ? [.. Swapped(file, layout, statement), .. Out(file, layout, statement), .. In(file, layout, statement)] : [];

    private static IEnumerable<Proposal> Swapped(PythonFile file, Layout layout, Statement statement)
    {
        if (layout.Next(statement) is not { } next || !layout.StandsAlone(next))
        {
            yield break;
        }

        if (DataFlow.ExchangeMatters(file, statement, next))
        {
            yield return Moved(file, layout, statement, layout.After(next), file.Indent(statement), 2.0, $"move '{file.Text(statement)}' after '{file.Text(next)}'");
        }

        if (layout.Next(next) is { } further && layout.StandsAlone(further) && DataFlow.ExchangeMatters(file, statement, further))
        {
            yield return Moved(file, layout, statement, layout.After(further), file.Indent(statement), 2.5, $"move '{file.Text(statement)}' after '{file.Text(further)}'");
            yield return Moved(file, layout, further, layout.Before(statement), file.Indent(statement), 2.5, $"move '{file.Text(further)}' before '{file.Text(statement)}'");
        }
    }

    private static IEnumerable<Proposal> Out(PythonFile file, Layout layout, Statement statement)
    {
        if (statement.Parent is not { } block || block.Word is "def" or "class" || file.Block(statement).Count < 2)
        {
            yield break;
        }

        var heads = layout.Heads(statement);
        if (heads[^1] == statement && file.Group(statement).Count == 1)
        {
            var head = file.Block(block).TakeWhile(s => s != block).LastOrDefault(s => !s.Continues);
            var around = block.Continues && head is not null ? head : block;
            yield return Moved(file, layout, statement, layout.After(around), file.Indent(block), 2.1, $"move '{file.Text(statement)}' out, after '{file.Text(block)}'");
        }

        if (heads[0] == statement && !block.Continues)
        {
            yield return Moved(file, layout, statement, layout.Before(block), file.Indent(block), 2.2, $"move '{file.Text(statement)}' out, before '{file.Text(block)}'");
        }
    }

    private static IEnumerable<Proposal> In(PythonFile file, Layout layout, Statement statement)
    {
        var heads = layout.Heads(statement);
        var at = heads.TakeWhile(s => s != statement).Count();
        if (at > 0 && Entrance(file, heads[at - 1]) is { } before)
        {
            var inner = file.Indent(before.Body[^1]);
            yield return Moved(file, layout, statement, file.Source.LineEnd(before.BlockEndLine), inner, 2.1, $"move '{file.Text(statement)}' into '{file.Text(before)}'");
        }

        if (at + 1 < heads.Count && Entrance(file, heads[at + 1]) is { } after && after == heads[at + 1])
        {
            yield return Moved(file, layout, statement, layout.Before(after.Body[0]), file.Indent(after.Body[0]), 2.3, $"move '{file.Text(statement)}' into '{file.Text(after)}'");
        }
    }

    /// <summary>The last block of a compound statement, when something can be put at its end.</summary>
    private static Statement? Entrance(PythonFile file, Statement head)
    {
        var last = file.Group(head)[^1];
        return last.Compound && last.Word is not ("def" or "class" or "opaque") && last.Body.Count > 0 && !last.Body[0].Inline ? last : null;
    }

    private static Proposal Moved(PythonFile file, Layout layout, Statement statement, int to, string indent, double cost, string what)
    {
        var lines = Layout.Reindent(layout.Lines(statement), file.Indent(statement), indent);
        return new Proposal([layout.Remove(statement), layout.Insert(to, lines)], Name, cost, what);
    }
}
