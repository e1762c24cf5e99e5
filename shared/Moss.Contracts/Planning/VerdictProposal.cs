namespace Moss.Contracts.Planning;

/// <summary>Propose a verdict from what the trials showed; the policy rules.</summary>
public sealed record ProposeVerdict(
    StageReference Stage, Subject Subject, string PlanArtifact, string Commit, string DiffArtifact, string ResultsArtifact, decimal DollarsLeft);

/// <summary>
/// An opinion: Converged, NeedMoreWork, FundamentalLimitModel or FundamentalLimitArchitecture. It can lower the ruling,
/// never raise it.
/// </summary>
public sealed record VerdictProposed(StageReference Stage, string Proposal, string Reason, Spending Spending);
