using System.Collections.Immutable;
using System.Globalization;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Domain.Audit;

/// <summary>
/// Derives every decision of an evolution again: folds its events, and wherever a ruling, a question for consent or an ending lies,
/// makes it anew from the state before it and compares all fields. No agent, sandbox or network is needed.
/// </summary>
public static class Rederive
{
    /// <summary>Numbers that were computed on another machine may differ in their last digits.</summary>
    private const double Rounding = 1e-9;

    /// <summary>All decisions, in order.</summary>
    /// <param name="events">The whole stream, from its first event.</param>
    public static Rederivation Of(IEnumerable<(long Version, object Event, DateTimeOffset At)> events)
    {
        var decisions = ImmutableArray.CreateBuilder<RederivedDecision>();
        var state = EvolutionState.Empty;
        object? before = null;
        foreach (var (version, @event, at) in events)
        {
            if (Derive(version, state, before, @event) is { } decision)
            {
                decisions.Add(decision);
            }

            state = state.Apply(@event, at);
            before = @event;
        }

        return new(decisions.ToImmutable());
    }

    private static RederivedDecision? Derive(long version, EvolutionState state, object? before, object @event) => @event switch
    {
        IterationRuled ruled => Ruling(version, state, ruled),
        ConsentRequested asked => Compared(version, "question", state, null, Differences(asked, Question(state))),
        EvolutionEnded ended => Compared(version, "ending", state, null, Nearest(ended, PossibleEndings.Of(state, before))),
        _ => null,
    };

    private static RederivedDecision Ruling(long version, EvolutionState state, IterationRuled ruled)
    {
        if (!VerdictPolicy.Knows(ruled.Policy))
        {
            return new(version, "ruling", ruled.Iteration, Rederived.UnknownPolicy, ruled.Policy, []);
        }

        var derived = state.Phase switch
        {
            _ when state.Start is null || state.Current is null => null,
            Phase.Evaluating or Phase.Judging => Rulings.OnTrials(state, ruled.Policy),
            _ => Rulings.WithoutTrials(state, ruled.Policy),
        };
        return Compared(version, "ruling", state, ruled.Policy, Differences(ruled, derived)) with { Iteration = ruled.Iteration };
    }

    /// <summary>Consent is asked for a candidate that converged, and for exactly that one.</summary>
    private static ConsentRequested? Question(EvolutionState state) => state is { Start: not null, Change: not null } && state.HasConverged() ? Offers.Of(state) : null;

    private static ImmutableArray<Deviation> Nearest(EvolutionEnded ended, ImmutableArray<EvolutionEnded> possible) => possible.IsEmpty
        ? Differences(ended, null)
        : possible.Select(other => Differences(ended, other)).MinBy(differences => differences.Length);

    private static RederivedDecision Compared(long version, string decision, EvolutionState state, int? policy, ImmutableArray<Deviation> deviations) =>
        new(version, decision, state.Iteration, deviations.IsEmpty ? Rederived.Same : Rederived.Differs, policy, deviations);

    private static ImmutableArray<Deviation> Differences<T>(T stored, T? derived)
        where T : class =>
        derived is null
            ? [new("event", typeof(T).Name, "nothing: the events before it lead to no such decision")]
            :
            [
                .. typeof(T).GetProperties()
                    .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                    .Select(property => (property.Name, Stored: property.GetValue(stored), Derived: property.GetValue(derived)))
                    .Where(field => !AreSame(field.Stored, field.Derived))
                    .Select(field => new Deviation(Camel(field.Name), Text(field.Stored), Text(field.Derived))),
            ];

    private static bool AreSame(object? one, object? other) => (one, other) switch
    {
        (double a, double b) => Math.Abs(a - b) <= Rounding * Math.Max(1, Math.Abs(a)) || a.Equals(b),
        _ => Equals(one, other),
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Text(object? value) => value switch
    {
        null => "nothing",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
