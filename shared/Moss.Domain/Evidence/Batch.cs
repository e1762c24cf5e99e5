using System.Collections.Immutable;
using Moss.Domain.Evolution;

namespace Moss.Domain.Evidence;

/// <summary>Evidence that belongs together, folded from its stream: open, then sealed, then evolved.</summary>
public sealed record Batch
{
    /// <summary>Evidence that seals a batch by itself.</summary>
    public const int SealThreshold = 8;

    /// <summary>Before the first event.</summary>
    public static Batch Empty { get; } = new();

    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose failures.</summary>
    public string Substrate { get; init; } = "";

    /// <summary>When it was opened, the last time.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>What joined it, in order.</summary>
    public ImmutableArray<EvidenceAdded> Evidence { get; init; } = [];

    /// <summary>True when no more evidence joins.</summary>
    public bool Sealed { get; init; }

    /// <summary>Changes for it that were taken back out of production, oldest first.</summary>
    public ImmutableArray<BatchReopened> Reopenings { get; init; } = [];

    /// <summary>Evolutions that were asked for, oldest first.</summary>
    public ImmutableArray<Guid> Evolutions { get; init; } = [];

    /// <summary>The scenarios that its evidence names, once each.</summary>
    public ImmutableArray<string> Scenarios => [.. Evidence.Select(item => item.Scenario).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>True when another piece of evidence would be one too many.</summary>
    public bool IsFull => Room <= 0;

    /// <summary>Pieces of evidence that may still join; those from before it was reopened do not count.</summary>
    public int Room => SealThreshold - (Evidence.Length - Earlier);

    private int Earlier { get; init; }

    /// <summary>What its evidence has in common, over all sessions and users.</summary>
    public ImmutableArray<EvidenceCluster> Clusters => EvidenceCluster.Of(Evidence);

    /// <summary>True when it has waited for company long enough.</summary>
    /// <param name="now">The time.</param>
    /// <param name="maximumAge">How long a batch stays open at most.</param>
    public bool IsOld(DateTimeOffset now, TimeSpan maximumAge) => !Sealed && !Evidence.IsEmpty && now - OpenedAt >= maximumAge;

    /// <summary>Folds one event.</summary>
    public Batch Apply(object @event, DateTimeOffset at) => @event switch
    {
        BatchOpened e => this with { Id = e.Batch, Substrate = e.Substrate, OpenedAt = at },
        EvidenceAdded e when Evidence.All(item => item.Evidence != e.Evidence) => this with { Evidence = Evidence.Add(e) },
        BatchReopened e => this with { Sealed = false, OpenedAt = at, Earlier = Evidence.Length, Reopenings = Reopenings.Add(e) },
        BatchSealed => this with { Sealed = true },
        EvolutionRequested e => this with { Sealed = true, Evolutions = Evolutions.Add(e.Evolution) },
        _ => this,
    };
}
