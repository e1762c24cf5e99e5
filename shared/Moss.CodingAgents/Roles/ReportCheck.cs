using System.Collections.Immutable;

namespace Moss.CodingAgents.Roles;

/// <summary>What came of reading a report.</summary>
public abstract record ReportCheck<TReport>
    where TReport : class
{
    private ReportCheck() { }

    /// <summary>It is as it must be.</summary>
    public sealed record Good(TReport Report) : ReportCheck<TReport>;

    /// <summary>It is not; each problem names its field and what is asked for.</summary>
    public sealed record Malformed(ImmutableArray<string> Problems) : ReportCheck<TReport>;
}
