namespace Moss.Orchestrator.Subscribing;

/// <summary>What subscribers are told. These shapes are a promise: a member may be added, none changed or taken away; for that there is a new version.</summary>
/// <param name="Evolution">Id of the evolution.</param>
/// <param name="Substrate">Name of the agent system.</param>
/// <param name="Version">Place in the timeline of the evolution; grows.</param>
internal abstract record NoticeData(Guid Evolution, string Substrate, long Version);

internal sealed record EvolutionStartedData(
    Guid Evolution, string Substrate, long Version, Guid Batch, string BaseCommit, IReadOnlyList<string> Scenarios, string Depth, string RequestedBy)
    : NoticeData(Evolution, Substrate, Version);

internal sealed record EvolutionRestartedData(Guid Evolution, string Substrate, long Version, string By) : NoticeData(Evolution, Substrate, Version);

/// <summary>The commit is left out when there was no candidate, the p-value when nothing was tried.</summary>
internal sealed record VerdictData(
    Guid Evolution, string Substrate, long Version, int Iteration, string Verdict, string Reason, bool Final, string? Commit, double? PValue,
    double Alpha, double BaselineMean, double CandidateMean)
    : NoticeData(Evolution, Substrate, Version);

/// <summary>The image is left out where trials run on the tree.</summary>
internal sealed record ConsentRequestedData(
    Guid Evolution, string Substrate, long Version, string Commit, string Tree, string DiffArtifact, string? Image, DateTimeOffset ExpiresAt)
    : NoticeData(Evolution, Substrate, Version);

/// <summary>Approvers are all whose signatures count by now, the one who signed among them; the promotion begins when they are as many as needed.</summary>
internal sealed record ConsentSignedData(
    Guid Evolution, string Substrate, long Version, string Commit, string Approver, IReadOnlyList<string> Approvers, int Needed)
    : NoticeData(Evolution, Substrate, Version);

internal sealed record PromotionPromotedData(Guid Evolution, string Substrate, long Version, string Commit, double DowntimeSeconds)
    : NoticeData(Evolution, Substrate, Version);

internal sealed record PromotionRolledBackData(Guid Evolution, string Substrate, long Version, string Commit, string LastKnownGood, string Reason)
    : NoticeData(Evolution, Substrate, Version);

internal sealed record PromotionRefusedData(Guid Evolution, string Substrate, long Version, string Ground, string Reason)
    : NoticeData(Evolution, Substrate, Version);

/// <summary>Told after the end of an evolution: what it promoted was taken back. By is <c>watch</c> or a person.</summary>
internal sealed record ProductionRolledBackData(
    Guid Evolution, string Substrate, long Version, Guid Batch, string Commit, string LastKnownGood, string Reason, string By)
    : NoticeData(Evolution, Substrate, Version);

/// <summary>The commit is the last candidate; left out when there was none.</summary>
internal sealed record EvolutionEndedData(
    Guid Evolution, string Substrate, long Version, Guid Batch, string Verdict, string Reason, bool Promoted, bool RolledBack, string? Commit)
    : NoticeData(Evolution, Substrate, Version);
