using System.Collections.Immutable;

namespace Moss.Domain.Audit;

/// <summary>What became of one decision when it was derived again.</summary>
public enum Rederived
{
    /// <summary>Every field is what it was.</summary>
    Same,

    /// <summary>A field is not what the events before it give.</summary>
    Differs,

    /// <summary>It was made by a rule that this build does not know: nothing can be said of it.</summary>
    UnknownPolicy,
}

/// <summary>A field that is not what it should be.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Stored">What is written down.</param>
/// <param name="Derived">What the events before it give.</param>
public sealed record Deviation(string Field, string Stored, string Derived);

/// <summary>One decision, derived again.</summary>
/// <param name="Version">Of its event in the stream.</param>
/// <param name="Decision">ruling, ending or question (for consent).</param>
/// <param name="Iteration">The iteration in which it was made.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Policy">Version of the rule, of a ruling; else null.</param>
/// <param name="Deviations">Empty unless it differs.</param>
public sealed record RederivedDecision(
    long Version, string Decision, int Iteration, Rederived Result, int? Policy, ImmutableArray<Deviation> Deviations);

/// <summary>All decisions of an evolution, derived again from its events alone.</summary>
/// <param name="Decisions">In the order of the stream.</param>
public sealed record Rederivation(ImmutableArray<RederivedDecision> Decisions)
{
    /// <summary>True when nothing differs; a rule that is not known here is no difference, and is counted apart.</summary>
    public bool Ok => Decisions.All(decision => decision.Result != Rederived.Differs);

    /// <summary>Decisions that cannot be derived here.</summary>
    public int Unknown => Decisions.Count(decision => decision.Result == Rederived.UnknownPolicy);
}
