using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>Expressions that start with a word or a star.</summary>
internal sealed partial class ExpressionParser
{
    private Expression ReadYield()
    {
        var start = tokens[Position++];
        var from = Skip("from");
        if (AtEnd || At(")") || At("="))
        {
            return from ? Fail() : new Expression(ExpressionKind.Yield, start.Start, start.End, [], [start]);
        }

        var value = ReadList();
        return new Expression(ExpressionKind.Yield, start.Start, value.End, [value], [start]);
    }

    private Expression ReadStarOrNamed() => At("*") ? ReadStar() : ReadNamed();

    private Expression ReadStar()
    {
        var mark = tokens[Position++];
        var value = ReadOr();
        return new Expression(ExpressionKind.Star, mark.Start, value.End, [value], [mark]);
    }

    /// <summary>Parameters are names alone; their defaults are parts.</summary>
    private Expression ReadLambda()
    {
        var start = tokens[Position++];
        var names = ImmutableArray.CreateBuilder<Token>();
        var parts = ImmutableArray.CreateBuilder<Expression>();
        while (!Failed && !AtEnd && !At(":"))
        {
            if (Skip("*") || Skip("**") || Skip("/") || Skip(","))
            {
                continue;
            }

            if (SkipName() is not { } name)
            {
                return Fail();
            }

            names.Add(name);
            if (Skip("="))
            {
                parts.Add(ReadOne());
            }
        }

        if (!Skip(":"))
        {
            return Fail();
        }

        var body = ReadOne();
        parts.Add(body);
        return new Expression(ExpressionKind.Lambda, start.Start, body.End, parts.ToImmutable(), names.ToImmutable());
    }
}
