namespace Moss.Contracts.Planning;

/// <summary>Say what to change and why. <paramref name="Feedback"/> is why the last plan of this iteration was rejected.</summary>
public sealed record DraftPlan(
    StageReference Stage, Subject Subject, string DiagnosisArtifact, string? Feedback, IReadOnlyList<PriorAttempt> Attempts, decimal DollarsLeft);

/// <summary>A plan.</summary>
public sealed record PlanDrafted(
    StageReference Stage, string PlanArtifact, string Summary, IReadOnlyList<string> Files, Spending Spending);

/// <summary>Approve or reject a plan.</summary>
public sealed record ReviewPlan(
    StageReference Stage, Subject Subject, string DiagnosisArtifact, string PlanArtifact, decimal DollarsLeft);

/// <summary>The plan may be implemented.</summary>
public sealed record PlanApproved(StageReference Stage, string Reason, Spending Spending);

/// <summary>The plan must be drafted again. <paramref name="Ground"/> is OffTarget or TooNarrow.</summary>
public sealed record PlanRejected(StageReference Stage, string Ground, string Reason, Spending Spending);

/// <summary>The agent gave nothing that can be used, in a reading role; the round failed.</summary>
public sealed record RoleFailed(StageReference Stage, string Reason, Spending Spending);
