namespace Moss.Contracts.Deployment;

/// <summary>Swap the running version for the consented commit.</summary>
/// <param name="Stage">Key of the work.</param>
/// <param name="Subject">What is evolved.</param>
/// <param name="Commit">The candidate.</param>
/// <param name="Tree">Its content.</param>
/// <param name="Consent">What a person allowed.</param>
/// <param name="Image">Id of the image that passed the trials; null where they ran on the tree.</param>
/// <param name="Signatures">What approvers signed; null or empty where nothing was asked to be signed.</param>
public sealed record PromoteCandidate(
    StageReference Stage, Subject Subject, string Commit, string Tree, ConsentGrant Consent, string? Image = null,
    IReadOnlyList<ConsentSignature>? Signatures = null);

/// <summary>A claim as text and the signature of exactly that text, 64 bytes of Ed25519 as base64.</summary>
public sealed record ConsentSignature(string Text, string Signature);

/// <summary>What a person allowed, exactly.</summary>
public sealed record ConsentGrant(
    Guid EvolutionId, string Commit, string Tree, string Approver, DateTimeOffset GivenAt, DateTimeOffset ExpiresAt, string? Image = null);

/// <summary>The candidate serves and passed its probes.</summary>
/// <param name="Stage">Key of the work.</param>
/// <param name="Commit">What serves now.</param>
/// <param name="DowntimeSeconds">From the request to stop the old version to the first round of the passing row; 0 when nothing runs.</param>
/// <param name="Probes">All rounds.</param>
public sealed record CandidatePromoted(StageReference Stage, string Commit, double DowntimeSeconds, IReadOnlyList<ProbeRound> Probes);

/// <summary>The candidate did not come up healthy; the last known good version serves again.</summary>
/// <param name="Stage">Key of the work.</param>
/// <param name="Commit">The candidate.</param>
/// <param name="LastKnownGood">Commit that serves again.</param>
/// <param name="Reason">What was wrong with the candidate; it also says so when the old version needs a person's help.</param>
/// <param name="Probes">The candidate's rounds.</param>
/// <param name="LogTail">The end of what the candidate printed.</param>
public sealed record PromotionRolledBack(
    StageReference Stage, string Commit, string LastKnownGood, string Reason, IReadOnlyList<ProbeRound> Probes, string LogTail = "");

/// <summary>Nothing was touched.</summary>
/// <param name="Stage">Key of the work.</param>
/// <param name="Ground">ConsentMismatch, ConsentExpired, NoTarget, NotReady, Overtaken, OversightOverdue or OversightRefused.</param>
/// <param name="Reason">For people.</param>
/// <param name="Serves">
/// With Overtaken, the commit that was promoted and serves: the candidate is based on an older one and would undo that change.
/// </param>
public sealed record PromotionRefused(StageReference Stage, string Ground, string Reason, string? Serves = null);

/// <summary>One round of probes.</summary>
public sealed record ProbeRound(int Round, bool Passed, string Detail, DateTimeOffset At);
