using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>The tokens of one statement's line, without comments and line ends.</summary>
/// <param name="Tokens">At least one.</param>
/// <param name="Column">Width of what stands before the first one; a tab goes to the next multiple of eight.</param>
internal sealed record LogicalLine(ImmutableArray<Token> Tokens, int Column)
{
    public int Start => Tokens[0].Start;

    public int End => Tokens[^1].End;

    public static IEnumerable<LogicalLine> Split(string source)
    {
        var line = ImmutableArray.CreateBuilder<Token>();
        foreach (var token in PythonLexer.Read(source))
        {
            if (token.Kind == TokenKind.NewLine)
            {
                yield return Close(source, line);
            }
            else if (token.Kind != TokenKind.Comment)
            {
                line.Add(token);
            }
        }

        if (line.Count > 0)
        {
            yield return Close(source, line);
        }
    }

    private static LogicalLine Close(string source, ImmutableArray<Token>.Builder tokens)
    {
        var line = new LogicalLine(tokens.ToImmutable(), ColumnOf(source, tokens[0].Start));
        tokens.Clear();
        return line;
    }

    private static int ColumnOf(string source, int start)
    {
        var column = 0;
        for (var at = source.LastIndexOf('\n', Math.Max(0, start - 1)) + 1; at < start; at++)
        {
            column = source[at] == '\t' ? (column / 8 + 1) * 8 : column + 1;
        }

        return column;
    }
}
