using System.Runtime.CompilerServices;
using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A condition that could stand somewhere.</summary>
/// <param name="Text">In the source language.</param>
/// <param name="Binding">How tightly it holds together.</param>
/// <param name="Cost">Added to the cost of what is done with it.</param>
/// <param name="Guards">It protects what comes after it (emptiness, None), so it stands first.</param>
internal sealed record Condition(string Text, Binding Binding, double Cost, bool Guards);

/// <summary>Conditions of the same file and simple ones from the names in scope, cheapest first.</summary>
internal static class ConditionPool
{
    private const double Far = 0.25;

    private static readonly ConditionalWeakTable<Statement, IReadOnlyList<Condition>> Known = [];

    /// <summary>The conditions before a statement.</summary>
    public static IReadOnlyList<Condition> At(PythonFile file, Scopes scopes, Statement statement)
    {
        if (!Known.TryGetValue(statement, out var pool))
        {
            Known.AddOrUpdate(statement, pool = At(file, scopes, statement, scopes.At(statement)));
        }

        return pool;
    }

    /// <summary>The conditions at an expression that sees these names.</summary>
    public static IReadOnlyList<Condition> At(PythonFile file, Scopes scopes, Statement statement, IReadOnlyList<VisibleName> visible)
    {
        var near = file.Text(statement);
        var names = statement.Expressions.Any(e => e.Kind == ExpressionKind.Name);
        var generated = visible.SelectMany(v => OfName(v, visible, scopes))
            .Select(c => c with { Cost = c.Cost + (!names || Mentions(near, c) ? 0 : Far) });
        return [.. FromFile(file, scopes, statement, visible).Concat(generated).DistinctBy(c => c.Text).OrderBy(c => c.Cost)];
    }

    private static bool Mentions(string text, Condition condition) =>
        condition.Text.Split(' ', '(', ')', ':', '[').Any(word => word.Length > 0 && char.IsLetter(word[0]) && !Keywords.IsReserved(word)
            && text.Contains(word, StringComparison.Ordinal));

    private static IEnumerable<Condition> FromFile(PythonFile file, Scopes scopes, Statement statement, IReadOnlyList<VisibleName> visible)
    {
        foreach (var other in file.All)
        {
            var distance = other.Function == statement.Function ? 0 : 0.5;
            foreach (var condition in other.Expressions.Where(e => IsCondition(other, e)))
            {
                if (condition.All().All(e => e.Kind != ExpressionKind.Name) || !scopes.CanRead(condition, statement, visible))
                {
                    continue;
                }

                var text = file.Text(condition);
                var cost = distance + condition.All().Where(e => e.Kind == ExpressionKind.Name)
                    .Max(e => visible.FirstOrDefault(v => v.Name == file.Text(e)) is { } name ? Priors.Distance(name) : 0);
                yield return new Condition(text, Site.BindingOf(condition), 0.2 + cost, Guards: false);
                yield return Negated(text, condition, 0.5 + cost);
            }
        }
    }

    private static Condition Negated(string text, Expression condition, double cost)
    {
        if (condition.Kind == ExpressionKind.Not)
        {
            return new Condition(text[3..].TrimStart(), Site.BindingOf(condition.Parts[0]), cost, Guards: false);
        }

        var bare = Site.BindingOf(condition) >= Binding.Compare;
        return new Condition(bare ? $"not {text}" : $"not ({text})", Binding.Not, cost, Guards: false);
    }

    private static bool IsCondition(Statement statement, Expression node) => node.Parent switch
    {
        null => statement.Word is "if" or "elif" or "while" or "assert" && statement.Roots[0] == node,
        { Kind: ExpressionKind.IfClause } => true,
        { Kind: ExpressionKind.Ternary } ternary => ternary.Parts[1] == node,
        { Kind: ExpressionKind.And or ExpressionKind.Or } above => IsCondition(statement, above),
        _ => false,
    };

    private static IEnumerable<Condition> OfName(VisibleName v, IReadOnlyList<VisibleName> visible, Scopes scopes)
    {
        var (name, shape) = (v.Name, v.Shape);
        var away = Priors.Distance(v);
        if (shape is Shape.Unknown or Shape.Truth || (shape & Shape.Container) != 0)
        {
            var cost = away + ((shape & Shape.Container) != 0 ? 0.3 : shape == Shape.Truth ? 0.3 : 0.6);
            yield return new Condition(name, Binding.Atom, cost, Guards: true);
            yield return new Condition($"not {name}", Binding.Not, cost, Guards: true);
        }

        if (shape is Shape.Unknown or Shape.Object)
        {
            var cost = away + (shape == Shape.Object ? 0.3 : 0.7);
            yield return new Condition($"{name} is None", Binding.Compare, cost, Guards: true);
            yield return new Condition($"{name} is not None", Binding.Compare, cost, Guards: true);
        }

        if ((shape & Shape.Series) != 0)
        {
            yield return new Condition($"len({name}) <= 1", Binding.Compare, away + 0.8, Guards: true);
            yield return new Condition($"len({name}) > 1", Binding.Compare, away + 0.8, Guards: true);
        }

        foreach (var condition in shape is Shape.Number ? Zero(name, away) : [])
        {
            yield return condition;
        }

        foreach (var other in visible.Where(o => o.Name != name))
        {
            foreach (var condition in Pair(v, other, away + Priors.Distance(other)))
            {
                yield return condition;
            }
        }

        foreach (var attribute in shape == Shape.Object && scopes.Attributes.Count <= 12 ? scopes.Attributes : [])
        {
            yield return new Condition($"{name}.{attribute}", Binding.Atom, away + 0.8, Guards: false);
            yield return new Condition($"not {name}.{attribute}", Binding.Not, away + 0.8, Guards: false);
        }
    }

    private static IEnumerable<Condition> Zero(string name, double away)
    {
        foreach (var (comparison, cost) in new[] { ("== 0", 0.4), ("> 0", 0.4), ("< 0", 0.6), ("!= 0", 0.6), (">= 0", 0.8), ("== 1", 0.9), ("<= 1", 1.0) })
        {
            yield return new Condition($"{name} {comparison}", Binding.Compare, away + cost, Guards: false);
        }
    }

    private static IEnumerable<Condition> Pair(VisibleName one, VisibleName other, double away)
    {
        var first = string.CompareOrdinal(one.Name, other.Name) < 0;
        var comparable = (one.Shape & other.Shape & ~Shape.Function) != 0 || one.Shape == Shape.Unknown || other.Shape == Shape.Unknown;
        if (comparable && first)
        {
            var unsure = one.Shape == other.Shape && one.Shape != Shape.Unknown ? 0 : 0.4;
            yield return new Condition($"{one.Name} == {other.Name}", Binding.Compare, away + 0.6 + unsure, Guards: false);
            yield return new Condition($"{one.Name} != {other.Name}", Binding.Compare, away + 0.7 + unsure, Guards: false);
        }

        if (comparable && one.Shape == Shape.Number && other.Shape is Shape.Number or Shape.Unknown)
        {
            yield return new Condition($"{one.Name} < {other.Name}", Binding.Compare, away + 0.7, Guards: false);
            yield return new Condition($"{one.Name} <= {other.Name}", Binding.Compare, away + 0.8, Guards: false);
        }

        if ((other.Shape & Shape.Container) != 0 && (one.Shape & (Shape.List | Shape.Set | Shape.Dictionary)) == 0)
        {
            yield return new Condition($"{one.Name} in {other.Name}", Binding.Compare, away + 0.6, Guards: false);
            yield return new Condition($"{one.Name} not in {other.Name}", Binding.Compare, away + 0.6, Guards: false);
        }
    }
}
