using System.Collections.Immutable;
using Moss.Domain.Evolution;

namespace Moss.Domain.Oversight;

/// <summary>Why a change was made, what it cost and what it rests on: the fold of its evolution's events.</summary>
public sealed record ChangeStory
{
    /// <summary>Before anything happened.</summary>
    public static ChangeStory None { get; } = new();

    /// <summary>Which batch it repairs; empty when nothing is stored of the evolution.</summary>
    public Guid Batch { get; init; }

    /// <summary>What kind of change mends it; null when the fault was never located.</summary>
    public FailureClass? FailureClass { get; init; }

    /// <summary>The last diagnosis.</summary>
    public string Diagnosis { get; init; } = "";

    /// <summary>Scenarios of the batch.</summary>
    public ImmutableArray<string> Scenarios { get; init; } = [];

    /// <summary>US dollars of all agent and model calls.</summary>
    public decimal Dollars { get; init; }

    /// <summary>The part of them that only Moss has estimated.</summary>
    public decimal Estimated { get; init; }

    /// <summary>Calls that used money, tokens or time.</summary>
    public int Calls { get; init; }

    /// <summary>Trials of all iterations, the baseline's too.</summary>
    public int Trials { get; init; }

    /// <summary>Iterations that were ruled on.</summary>
    public int Iterations { get; init; }

    /// <summary>The last ruling.</summary>
    public IterationRuled? Ruling { get; init; }

    /// <summary>Who consented; empty when nobody is on record.</summary>
    public string Approver { get; init; } = "";

    /// <summary>Seconds without service at the promotion.</summary>
    public double DowntimeSeconds { get; init; }

    /// <summary>The fold; events that say nothing of this are passed over.</summary>
    public static ChangeStory Of(IEnumerable<object> events) => events.Aggregate(None, (story, happened) => story.Apply(happened));

    /// <summary>The story after one more event.</summary>
    public ChangeStory Apply(object happened) => happened switch
    {
        EvolutionStarted e => this with { Batch = e.Batch, Scenarios = e.Scenarios },
        BaselineMeasured e => this with { Trials = Trials + e.Trials.Length },
        FaultLocated e => this with { FailureClass = e.FailureClass, Diagnosis = e.Summary },
        TrialsCompleted e => this with { Trials = Trials + e.Trials.Length },
        IterationRuled e => this with { Ruling = e, Iterations = Math.Max(Iterations, e.Iteration) },
        MoneySpent e => this with { Dollars = Dollars + e.Dollars, Estimated = Estimated + (e.Estimated ? e.Dollars : 0), Calls = Calls + 1 },
        ConsentGiven e => this with { Approver = e.Approver },
        CandidatePromoted e => this with { DowntimeSeconds = e.DowntimeSeconds },
        _ => this,
    };
}
