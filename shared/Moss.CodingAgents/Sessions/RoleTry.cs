using System.Collections.Immutable;

namespace Moss.CodingAgents.Sessions;

/// <summary>What one try of a role gave.</summary>
internal abstract record RoleTry<TReport>
    where TReport : class
{
    private RoleTry() { }

    public sealed record Good(TReport Report, string Json) : RoleTry<TReport>;

    public sealed record Repairable(ImmutableArray<string> Problems) : RoleTry<TReport>;

    public sealed record Unusable(string Reason) : RoleTry<TReport>;

    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter) : RoleTry<TReport>;
}
