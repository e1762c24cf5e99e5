using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>Atoms, what trails them, displays and comprehensions.</summary>
internal sealed partial class ExpressionParser
{
    private Expression ReadAwait()
    {
        if (!At("await"))
        {
            return ReadTrailed();
        }

        var mark = tokens[Position++];
        var value = ReadTrailed();
        return new Expression(ExpressionKind.Await, mark.Start, value.End, [value]);
    }

    private Expression ReadTrailed()
    {
        var value = ReadAtom();
        while (!Failed)
        {
            if (Skip("."))
            {
                value = SkipName() is { } name
                    ? new Expression(ExpressionKind.Attribute, value.Start, name.End, [value], [name])
                    : Fail();
            }
            else if (At("("))
            {
                value = ReadCall(value);
            }
            else if (At("["))
            {
                value = ReadSubscript(value);
            }
            else
            {
                break;
            }
        }

        return value;
    }

    private Expression ReadCall(Expression callee)
    {
        Position++;
        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(callee);
        while (!Failed && !AtEnd && !At(")"))
        {
            parts.Add(ReadArgument());
            if (!Skip(",") && !At(")"))
            {
                return Fail();
            }
        }

        return Close(")") is { } end
            ? new Expression(ExpressionKind.Call, callee.Start, end, parts.ToImmutable())
            : Fail();
    }

    private Expression ReadArgument()
    {
        if (At("*") || At("**"))
        {
            return ReadStar();
        }

        if (!AtEnd && tokens[Position].Kind == TokenKind.Name && Position + 1 < tokens.Length
            && tokens[Position + 1].In(source).SequenceEqual("="))
        {
            var name = tokens[Position];
            Position += 2;
            var value = ReadOne();
            return new Expression(ExpressionKind.Keyword, name.Start, value.End, [value], [name]);
        }

        var argument = ReadNamed();
        return AtClause() ? ReadClauses(argument.Start, argument.End, [argument]) : argument;
    }

    private Expression ReadSubscript(Expression target)
    {
        Position++;
        var start = tokens[Math.Min(Position, tokens.Length - 1)].Start;
        var items = ImmutableArray.CreateBuilder<Expression>();
        var comma = false;
        while (!Failed && !AtEnd && !At("]"))
        {
            items.Add(ReadIndex());
            comma |= At(",");
            if (!Skip(",") && !At("]"))
            {
                return Fail();
            }
        }

        if (items.Count == 0 || Close("]") is not { } end)
        {
            return Fail();
        }

        var index = comma ? new Expression(ExpressionKind.Tuple, start, items[^1].End, items.ToImmutable()) : items[0];
        return new Expression(ExpressionKind.Subscript, target.Start, end, [target, index]);
    }

    private Expression ReadIndex()
    {
        var start = tokens[Position].Start;
        var end = tokens[Position].End;
        var parts = ImmutableArray.CreateBuilder<Expression>();
        var colons = ImmutableArray.CreateBuilder<Token>();
        while (!Failed && !AtEnd && !At("]") && !At(","))
        {
            if (At(":"))
            {
                colons.Add(tokens[Position]);
                end = tokens[Position++].End;
            }
            else
            {
                parts.Add(At("*") ? ReadStar() : ReadNamed());
                end = parts[^1].End;
                if (!At(":") && !At("]") && !At(","))
                {
                    return Fail();
                }
            }
        }

        return colons.Count > 0 ? new Expression(ExpressionKind.Slice, start, end, parts.ToImmutable(), colons.ToImmutable())
            : parts.Count == 1 ? parts[0]
            : Fail();
    }

    private Expression ReadAtom()
    {
        if (AtEnd)
        {
            return Fail();
        }

        var token = tokens[Position];
        switch (token.Kind)
        {
            case TokenKind.Number:
                Position++;
                return new Expression(ExpressionKind.Number, token.Start, token.End);
            case TokenKind.Text:
                while (!AtEnd && tokens[Position].Kind == TokenKind.Text)
                {
                    Position++;
                }

                return new Expression(ExpressionKind.Text, token.Start, tokens[Position - 1].End);
            case TokenKind.Name when Keywords.IsConstant(token.In(source)):
                Position++;
                return new Expression(ExpressionKind.Constant, token.Start, token.End);
            case TokenKind.Name when !Keywords.IsReserved(token.Read(source)):
                Position++;
                return new Expression(ExpressionKind.Name, token.Start, token.End);
            case TokenKind.Operator:
                return ReadBracketed(token);
            default:
                return Fail();
        }
    }

    private Expression ReadBracketed(Token open)
    {
        Position++;
        switch (open.Read(source))
        {
            case "...":
                return new Expression(ExpressionKind.Constant, open.Start, open.End);
            case "(":
                return ReadDisplay(open, ")", ExpressionKind.Tuple);
            case "[":
                return ReadDisplay(open, "]", ExpressionKind.List);
            case "{":
                return ReadDisplay(open, "}", ExpressionKind.Set);
            default:
                return Fail();
        }
    }

    private Expression ReadDisplay(Token open, string close, ExpressionKind kind)
    {
        if (close == ")" && At("yield"))
        {
            var inner = ReadYield();
            return Close(")") is { } after ? new Expression(ExpressionKind.Group, open.Start, after, [inner]) : Fail();
        }

        var parts = ImmutableArray.CreateBuilder<Expression>();
        var pairs = close == "}" && At("}");
        var comma = false;
        while (!Failed && !AtEnd && !At(close))
        {
            pairs |= close == "}" && At("**");
            parts.Add(At("*") || At("**") ? ReadStar() : ReadNamed());
            if (close == "}" && Skip(":"))
            {
                pairs = true;
                parts.Add(ReadOne());
            }

            if (AtClause())
            {
                return Enclosed(open, close, ReadClauses(parts[0].Start, parts[^1].End, parts.ToImmutable()));
            }

            comma |= At(",");
            if (!Skip(",") && !At(close))
            {
                return Fail();
            }
        }

        if (Close(close) is not { } end)
        {
            return Fail();
        }

        var shape = pairs ? ExpressionKind.Dictionary : kind == ExpressionKind.Tuple && parts.Count == 1 && !comma ? ExpressionKind.Group : kind;
        return new Expression(shape, open.Start, end, parts.ToImmutable());
    }

    private Expression Enclosed(Token open, string close, Expression comprehension) => Close(close) is { } end
        ? new Expression(ExpressionKind.Comprehension, open.Start, end, comprehension.Parts)
        : Fail();

    private bool AtClause() => At("for") || (At("async") && Position + 1 < tokens.Length && tokens[Position + 1].In(source).SequenceEqual("for"));

    private Expression ReadClauses(int start, int end, ImmutableArray<Expression> elements)
    {
        var parts = elements.ToBuilder();
        while (!Failed && (AtClause() || At("if")))
        {
            var clauseStart = tokens[Position].Start;
            if (Skip("if"))
            {
                var condition = ReadOr();
                parts.Add(new Expression(ExpressionKind.IfClause, clauseStart, condition.End, [condition]));
            }
            else
            {
                Skip("async");
                Skip("for");
                var targets = ReadTargets();
                if (!Skip("in"))
                {
                    return Fail();
                }

                var iterated = ReadOr();
                parts.Add(new Expression(ExpressionKind.ForClause, clauseStart, iterated.End, [targets, iterated]));
            }

            end = parts[^1].End;
        }

        return new Expression(ExpressionKind.Comprehension, start, end, parts.ToImmutable());
    }

    private int? Close(string close) => !Failed && At(close) ? tokens[Position++].End : null;
}
