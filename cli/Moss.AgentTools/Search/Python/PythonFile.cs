using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>A file as statements in blocks.</summary>
internal sealed class PythonFile
{
    private PythonFile(SourceText source, ImmutableArray<Statement> top)
    {
        Source = source;
        Top = top;
        All = [.. top.SelectMany(s => s.All())];
    }

    public SourceText Source { get; }

    public ImmutableArray<Statement> Top { get; }

    /// <summary>Every statement, in the order of the text.</summary>
    public ImmutableArray<Statement> All { get; }

    public static PythonFile Parse(SourceText source)
    {
        var top = ImmutableArray.CreateBuilder<Statement>();
        var open = new Stack<Statement>();
        foreach (var line in LogicalLine.Split(source.Text))
        {
            var statement = StatementParser.Read(source, line);
            while (open.Count > 0 && open.Peek().Column >= line.Column)
            {
                open.Pop();
            }

            if (open.TryPeek(out var parent))
            {
                parent.Add(statement);
            }
            else
            {
                top.Add(statement);
            }

            if (statement.Compound && statement.Body.Count == 0)
            {
                open.Push(statement);
            }
        }

        return new PythonFile(source, top.ToImmutable());
    }

    public string Text(Expression node) => Source.Slice(node.Start, node.End);

    public string Text(Token mark) => mark.Read(Source.Text);

    public string Text(Statement statement) => Source.Slice(statement.Start, statement.End);

    /// <summary>The statements of the same block.</summary>
    public IReadOnlyList<Statement> Block(Statement statement) => statement.Parent?.Body ?? Top;

    /// <summary>A statement with the <c>elif</c>, <c>else</c>, <c>except</c>… that belong to it.</summary>
    public IReadOnlyList<Statement> Group(Statement head)
    {
        var block = Block(head);
        var at = Index(head);
        var end = at + 1;
        while (end < block.Count && block[end].Continues)
        {
            end++;
        }

        return [.. block.Skip(at).Take(end - at)];
    }

    public int Index(Statement statement)
    {
        var block = Block(statement);
        for (var i = 0; i < block.Count; i++)
        {
            if (ReferenceEquals(block[i], statement))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The blanks before a statement.</summary>
    public string Indent(Statement statement)
    {
        var start = Source.LineStart(statement.FirstLine);
        var end = start;
        while (end < Source.Text.Length && Source.Text[end] is ' ' or '\t')
        {
            end++;
        }

        return Source.Slice(start, end);
    }
}
