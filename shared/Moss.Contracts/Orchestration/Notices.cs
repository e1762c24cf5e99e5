namespace Moss.Contracts.Orchestration;

/// <summary>An evolution ended; the message that outside systems subscribe to.</summary>
public sealed record EvolutionEnded(
    Guid EvolutionId, Guid BatchId, string Substrate, string Verdict, string Reason, string? Commit, bool Promoted, bool RolledBack,
    DateTimeOffset At);
