namespace Moss.AgentTools.Search.Python;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Operator,
    Comment,

    /// <summary>The end of a logical line.</summary>
    NewLine,
}

/// <summary>A token by its place; what it says is read from the source.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public ReadOnlySpan<char> In(string source) => source.AsSpan(Start, End - Start);

    public string Read(string source) => source[Start..End];
}
