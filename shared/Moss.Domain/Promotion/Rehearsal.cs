using System.Collections.Immutable;

namespace Moss.Domain.Promotion;

/// <summary>What a rehearsal on copies of the state showed.</summary>
public enum RehearsalFinding
{
    /// <summary>The version that serves reads what the new one wrote: a way back leaves the state as it is.</summary>
    Readable,

    /// <summary>It does not: a way back has to put the state back as it was, and loses what was written since.</summary>
    Unreadable,
}

/// <summary>How one version fared on copies of the state.</summary>
/// <param name="Reads">Whether it came to read them in time.</param>
/// <param name="Detail">For people: why it did not, with the end of what it printed; empty when it did.</param>
public sealed record StateReading(bool Reads, string Detail);

/// <summary>The versions that were tried, in this order, each only when it says something.</summary>
/// <param name="Candidate">The new one, on copies of what the serving one writes.</param>
/// <param name="Serving">The one that serves, on what the new one left; null when that one read nothing.</param>
/// <param name="Control">The one that serves, on copies that nobody wrote to; null when it read what the new one left.</param>
public sealed record RehearsalReadings(StateReading Candidate, StateReading? Serving = null, StateReading? Control = null);

/// <summary>What follows from a rehearsal.</summary>
public abstract record RehearsalRuling
{
    private RehearsalRuling() { }

    /// <summary>The promotion goes on.</summary>
    /// <param name="Finding">What its plan has to heed.</param>
    public sealed record GoOn(RehearsalFinding Finding) : RehearsalRuling;

    /// <summary>It does not; nothing was touched.</summary>
    /// <param name="Reason">For people, with what to do.</param>
    public sealed record Refused(string Reason) : RehearsalRuling;
}

/// <summary>Rules on a rehearsal. Pure.</summary>
public static class RehearsalJudge
{
    /// <param name="readings">What was seen.</param>
    /// <param name="uncopied">Folders in which the container may write and whose volumes are not copied before a swap.</param>
    public static RehearsalRuling Rule(RehearsalReadings readings, ImmutableArray<string> uncopied) => readings switch
    {
        { Candidate: { Reads: false } unread } => new RehearsalRuling.Refused($"in a rehearsal on a copy of the state the new version does not come to read it: {unread.Detail}"),
        { Serving: { Reads: true } } => new RehearsalRuling.GoOn(RehearsalFinding.Readable),
        { Control: { Reads: false } broken } => new RehearsalRuling.Refused(
            $"the rehearsal says nothing: the version that serves does not come to read even a copy that no other version wrote to: {broken.Detail}; mend deploy.swap.rehearsal.reads, or lengthen its window"),
        { Serving: not null, Control: not null } when uncopied.IsEmpty => new RehearsalRuling.GoOn(RehearsalFinding.Unreadable),
        { Serving: { } unread, Control: not null } => new RehearsalRuling.Refused(
            $"in a rehearsal the version that serves cannot read what the new one wrote, so no rollback could start it again: {unread.Detail}; have the state copied: name {string.Join(", ", uncopied)} in deploy.swap.snapshot"),
        _ => throw new ArgumentException("says nothing of the version that serves", nameof(readings)),
    };
}
