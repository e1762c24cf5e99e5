using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>
/// Reads expressions from the tokens of one logical line. After an error <see cref="Failed"/> is set and what was returned
/// means nothing.
/// </summary>
internal sealed partial class ExpressionParser(string source, ImmutableArray<Token> tokens, int position = 0)
{
    private static readonly string[][] BinaryLevels =
    [
        ["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"],
    ];

    public bool Failed { get; private set; }

    public bool AtEnd => Position >= tokens.Length;

    public int Position { get; private set; } = position;

    public bool At(string text) => !AtEnd && tokens[Position].Kind != TokenKind.Text && tokens[Position].In(source).SequenceEqual(text);

    public bool Skip(string text)
    {
        if (!At(text))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>The name under the cursor, passed over; null when there is none.</summary>
    public Token? SkipName()
    {
        if (AtEnd || tokens[Position].Kind != TokenKind.Name)
        {
            return null;
        }

        return tokens[Position++];
    }

    /// <summary>One or more expressions; several are a tuple without parentheses.</summary>
    public Expression ReadList()
    {
        if (At("yield"))
        {
            return ReadYield();
        }

        return ReadSeries(ReadStarOrNamed);
    }

    /// <summary>What can stand before <c>in</c> or <c>=</c>: no comparison is read.</summary>
    public Expression ReadTargets() => ReadSeries(() => At("*") ? ReadStar() : ReadBinary(0));

    /// <summary>One expression, with <c>:=</c>.</summary>
    public Expression ReadNamed()
    {
        var left = ReadOne();
        if (!At(":="))
        {
            return left;
        }

        var mark = tokens[Position++];
        var value = ReadOne();
        return new Expression(ExpressionKind.Walrus, left.Start, value.End, [left, value], [mark]);
    }

    /// <summary>One expression.</summary>
    public Expression ReadOne()
    {
        if (At("lambda"))
        {
            return ReadLambda();
        }

        var value = ReadOr();
        if (!At("if"))
        {
            return value;
        }

        Position++;
        var condition = ReadOr();
        if (!Skip("else"))
        {
            return Fail();
        }

        var otherwise = ReadOne();
        return new Expression(ExpressionKind.Ternary, value.Start, otherwise.End, [value, condition, otherwise]);
    }

    private Expression ReadSeries(Func<Expression> read)
    {
        var first = read();
        if (!At(","))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        var end = first.End;
        while (!Failed && At(","))
        {
            end = tokens[Position++].End;
            if (AtEnd || At("=") || At(")") || At("]") || At(":") || At("in"))
            {
                break;
            }

            parts.Add(read());
            end = parts[^1].End;
        }

        return new Expression(ExpressionKind.Tuple, first.Start, end, parts.ToImmutable());
    }

    private Expression ReadOr() => ReadChain(ExpressionKind.Or, "or", ReadAnd);

    private Expression ReadAnd() => ReadChain(ExpressionKind.And, "and", ReadNot);

    private Expression ReadChain(ExpressionKind kind, string word, Func<Expression> read)
    {
        var first = read();
        if (!At(word))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Expression>();
        var marks = ImmutableArray.CreateBuilder<Token>();
        parts.Add(first);
        while (!Failed && At(word))
        {
            marks.Add(tokens[Position++]);
            parts.Add(read());
        }

        return new Expression(kind, first.Start, parts[^1].End, parts.ToImmutable(), marks.ToImmutable());
    }

    private Expression ReadNot()
    {
        if (!At("not"))
        {
            return ReadComparison();
        }

        var mark = tokens[Position++];
        var value = ReadNot();
        return new Expression(ExpressionKind.Not, mark.Start, value.End, [value], [mark]);
    }

    private Expression ReadComparison()
    {
        var first = ReadBinary(0);
        var parts = ImmutableArray.CreateBuilder<Expression>();
        var marks = ImmutableArray.CreateBuilder<Token>();
        parts.Add(first);
        while (!Failed && ReadComparator() is { } mark)
        {
            marks.Add(mark);
            parts.Add(ReadBinary(0));
        }

        return marks.Count == 0
            ? first
            : new Expression(ExpressionKind.Compare, first.Start, parts[^1].End, parts.ToImmutable(), marks.ToImmutable());
    }

    private Token? ReadComparator()
    {
        if (AtEnd)
        {
            return null;
        }

        var token = tokens[Position];
        switch (token.Read(source))
        {
            case "<" or "<=" or ">" or ">=" or "==" or "!=" or "in":
                Position++;
                return token;
            case "is":
                Position++;
                return At("not") ? token with { End = tokens[Position++].End } : token;
            case "not" when Position + 1 < tokens.Length && tokens[Position + 1].In(source).SequenceEqual("in"):
                Position += 2;
                return token with { End = tokens[Position - 1].End };
            default:
                return null;
        }
    }

    private Expression ReadBinary(int level)
    {
        if (level == BinaryLevels.Length)
        {
            return ReadSigned();
        }

        var left = ReadBinary(level + 1);
        while (!Failed && !AtEnd && tokens[Position].Kind == TokenKind.Operator
            && BinaryLevels[level].Contains(tokens[Position].Read(source)))
        {
            var mark = tokens[Position++];
            var right = ReadBinary(level + 1);
            left = new Expression(ExpressionKind.Binary, left.Start, right.End, [left, right], [mark]);
        }

        return left;
    }

    private Expression ReadSigned()
    {
        if (!At("-") && !At("+") && !At("~"))
        {
            return ReadPower();
        }

        var mark = tokens[Position++];
        var value = ReadSigned();
        return new Expression(ExpressionKind.Sign, mark.Start, value.End, [value], [mark]);
    }

    private Expression ReadPower()
    {
        var left = ReadAwait();
        if (!At("**"))
        {
            return left;
        }

        var mark = tokens[Position++];
        var right = ReadSigned();
        return new Expression(ExpressionKind.Binary, left.Start, right.End, [left, right], [mark]);
    }

    private Expression Fail()
    {
        Failed = true;
        Position = tokens.Length;
        return new Expression(ExpressionKind.Constant, 0, 0);
    }
}
