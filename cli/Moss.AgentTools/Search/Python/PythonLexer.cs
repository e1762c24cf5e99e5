using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>
/// Cuts Python text into tokens. Between two tokens there is nothing but blanks, joined lines and empty lines, so the text
/// can be put together again. Never fails: what it does not know is an operator of one character.
/// </summary>
internal sealed class PythonLexer
{
    private static readonly string[] Operators =
    [
        "**=", "//=", ">>=", "<<=", "...",
        "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
    ];

    private readonly string _source;
    private readonly ImmutableArray<Token>.Builder _tokens = ImmutableArray.CreateBuilder<Token>();
    private int _at;
    private int _depth;

    private PythonLexer(string source) => _source = source;

    public static ImmutableArray<Token> Read(string source)
    {
        var lexer = new PythonLexer(source);
        while (lexer._at < source.Length)
        {
            lexer.Step();
        }

        return lexer._tokens.ToImmutable();
    }

    private void Step()
    {
        var c = _source[_at];
        switch (c)
        {
            case '\n':
                EndLine();
                break;
            case '\\' when Peek(1) is '\n' or '\r':
            case ' ' or '\t' or '\r' or '\f' or '\uFEFF':
                _at += c == '\\' ? (Peek(1) == '\r' && Peek(2) == '\n' ? 3 : 2) : 1;
                break;
            case '#':
                Take(TokenKind.Comment, Until(_at, '\n'));
                break;
            default:
                StepVisible(c);
                break;
        }
    }

    private void StepVisible(char c)
    {
        if (TextStart() is { } quote)
        {
            Take(TokenKind.Text, TextEnd(quote));
        }
        else if (char.IsLetter(c) || c == '_')
        {
            Take(TokenKind.Name, While(_at, static d => char.IsLetterOrDigit(d) || d == '_'));
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            Take(TokenKind.Number, NumberEnd());
        }
        else
        {
            _depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            _depth = Math.Max(0, _depth);
            var known = Operators.FirstOrDefault(o => string.CompareOrdinal(_source, _at, o, 0, o.Length) == 0);
            Take(TokenKind.Operator, _at + (known?.Length ?? 1));
        }
    }

    private void EndLine()
    {
        var open = _tokens.Count > 0 && _tokens[^1].Kind is not (TokenKind.NewLine or TokenKind.Comment);
        var endsComment = _tokens.Count > 1 && _tokens[^1].Kind == TokenKind.Comment && _tokens[^2].Kind is not (TokenKind.NewLine or TokenKind.Comment);
        if (_depth == 0 && (open || endsComment))
        {
            Take(TokenKind.NewLine, _at + 1);
        }
        else
        {
            _at++;
        }
    }

    /// <summary>Where the quote is, when a string starts here: after up to two letters of prefix.</summary>
    private int? TextStart()
    {
        var at = _at;
        while (at < _source.Length && at - _at < 3 && "rRbBuUfF".Contains(_source[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at < _source.Length && at - _at < 3 && _source[at] is '"' or '\'' ? at : null;
    }

    private int TextEnd(int quote)
    {
        var mark = _source[quote];
        var triple = string.CompareOrdinal(_source, quote, new string(mark, 3), 0, 3) == 0;
        var at = quote + (triple ? 3 : 1);
        for (; at < _source.Length; at++)
        {
            if (_source[at] == '\\')
            {
                at++;
            }
            else if (_source[at] == '\n' && !triple)
            {
                return at;
            }
            else if (_source[at] == mark && (!triple || string.CompareOrdinal(_source, at, new string(mark, 3), 0, 3) == 0))
            {
                return at + (triple ? 3 : 1);
            }
        }

        return _source.Length;
    }

    private int NumberEnd()
    {
        var at = _at;
        while (at < _source.Length
            && (char.IsAsciiLetterOrDigit(_source[at]) || _source[at] is '_' or '.'
                || (_source[at] is '+' or '-' && _source[at - 1] is 'e' or 'E' && !IsHexadecimal())))
        {
            at++;
        }

        return at;
    }

    private bool IsHexadecimal() => _source[_at] == '0' && Peek(1) is 'x' or 'X';

    private void Take(TokenKind kind, int end)
    {
        _tokens.Add(new Token(kind, _at, end));
        _at = end;
    }

    private char Peek(int by) => _at + by < _source.Length ? _source[_at + by] : '\0';

    private int Until(int from, char stop) => While(from, c => c != stop);

    private int While(int from, Func<char, bool> holds)
    {
        while (from < _source.Length && holds(_source[from]))
        {
            from++;
        }

        return from;
    }
}
