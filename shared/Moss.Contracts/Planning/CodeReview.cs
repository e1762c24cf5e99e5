namespace Moss.Contracts.Planning;

/// <summary>Judge a change against its plan.</summary>
public sealed record ReviewCode(
    StageReference Stage, Subject Subject, string PlanArtifact, string Commit, string DiffArtifact, decimal DollarsLeft);

/// <summary>The change may be built and tried.</summary>
public sealed record CodeApproved(StageReference Stage, string Reason, Spending Spending);

/// <summary>The change must be written again.</summary>
public sealed record CodeRejected(StageReference Stage, string Reason, Spending Spending);
