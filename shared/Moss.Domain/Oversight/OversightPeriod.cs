using System.Collections.Immutable;

namespace Moss.Domain.Oversight;

/// <summary>What a substrate asks of oversight.</summary>
/// <param name="Period">How long promotions gather until a review is due; above zero.</param>
/// <param name="Grace">How long a review may be late; zero or more.</param>
/// <param name="Approvers">Who may sign and refuse; anybody when empty.</param>
public sealed record OversightTerms(TimeSpan Period, TimeSpan Grace, ImmutableArray<string> Approvers);

/// <summary>Where a period stands.</summary>
public enum PeriodStanding
{
    /// <summary>There is nothing to look over.</summary>
    Nothing,

    /// <summary>Promotions gather.</summary>
    Gathering,

    /// <summary>Somebody should look; promotions go on.</summary>
    Due,

    /// <summary>Nothing more is promoted until somebody looks.</summary>
    Overdue,
}

/// <summary>The time in which promotions gather that nobody has looked over. It begins with the first of them, so a quiet substrate is never overdue.</summary>
/// <param name="Begins">When the first was promoted; null when there is none.</param>
/// <param name="DueAt">When somebody should look; null without terms or without promotions.</param>
/// <param name="OverdueAt">From when on nothing more is promoted.</param>
public sealed record OversightPeriod(DateTimeOffset? Begins, DateTimeOffset? DueAt, DateTimeOffset? OverdueAt)
{
    /// <summary>The period of what is not reviewed, oldest first.</summary>
    public static OversightPeriod Of(ImmutableArray<PromotedCommit> unreviewed, OversightTerms? terms) => unreviewed switch
    {
        [var first, ..] when terms is not null => new(first.At, first.At + terms.Period, first.At + terms.Period + terms.Grace),
        [var first, ..] => new(first.At, null, null),
        _ => new(null, null, null),
    };

    /// <summary>Where it stands at a moment.</summary>
    public PeriodStanding At(DateTimeOffset now) => this switch
    {
        { Begins: null } => PeriodStanding.Nothing,
        _ when now >= OverdueAt => PeriodStanding.Overdue,
        _ when now >= DueAt => PeriodStanding.Due,
        _ => PeriodStanding.Gathering,
    };
}
