using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>Where whole statements stand in the text: lines, blocks and the blanks before them.</summary>
internal sealed class Layout(PythonFile file)
{
    /// <summary>Start of the line on which a statement begins.</summary>
    public int Before(Statement statement) => file.Source.LineStart(statement.FirstLine);

    /// <summary>Start of the line after a statement, its body and what continues it.</summary>
    public int After(Statement statement) => file.Source.LineEnd(file.Group(statement)[^1].BlockEndLine);

    /// <summary>A statement with its body and what continues it, as whole lines.</summary>
    public string Lines(Statement statement) => Ended(file.Source.Slice(Before(statement), After(statement)));

    /// <summary>Insert lines at the start of a line; a last line without an end gets one first.</summary>
    public Edit Insert(int at, string lines)
    {
        var open = at == file.Source.Text.Length && at > 0 && file.Source.Text[at - 1] != '\n';
        return Edit.Insert(at, open ? "\n" + lines.TrimEnd('\n') : lines);
    }

    public Edit Remove(Statement statement) => new(Before(statement), After(statement), "");

    /// <summary>The same lines as part of another block.</summary>
    public static string Reindent(string lines, string from, string to) =>
        string.Concat(lines.Split('\n').SkipLast(1).Select(line =>
            (line.StartsWith(from, StringComparison.Ordinal) ? to + line[from.Length..] : line) + "\n"));

    /// <summary>It has lines of its own, so that it can be removed or moved.</summary>
    public bool StandsAlone(Statement statement) =>
        !statement.Inline && !statement.Continues && statement.Word is not ("opaque" or "def" or "class" or "import" or "from" or "global" or "nonlocal")
        && !statement.IsDocumentation
        && string.IsNullOrWhiteSpace(file.Source.Slice(Before(statement), statement.Start));

    /// <summary>Statements of its block, without those that only continue another.</summary>
    public IReadOnlyList<Statement> Heads(Statement statement) => [.. file.Block(statement).Where(s => !s.Continues)];

    public Statement? Next(Statement statement) => Heads(statement).SkipWhile(s => s != statement).Skip(1).FirstOrDefault();

    public static bool IsInLoop(Statement statement) =>
        statement.Ancestors().TakeWhile(a => a.Word is not ("def" or "class")).Any(a => a.Word is "for" or "while");

    private static string Ended(string lines) => lines.EndsWith('\n') ? lines : lines + "\n";
}
