namespace Moss.Contracts.Implementation;

/// <summary>Write the change that a plan describes, on a fresh work tree at the base commit.</summary>
public sealed record ImplementPlan(
    StageReference Stage, Subject Subject, string FailureClass, string DiagnosisArtifact, string PlanArtifact, string? Feedback,
    IReadOnlyList<PriorAttempt> Attempts, decimal DollarsLeft);

/// <summary>One commit on top of the base commit, through all mechanical gates.</summary>
public sealed record PlanImplemented(
    StageReference Stage, string Commit, string Tree, string DiffArtifact, string Summary, int FilesChanged, int Insertions, int Deletions,
    Spending Spending);

/// <summary>
/// There is no commit. <paramref name="Ground"/> is NoChange, OutOfScope, Secret, NewDependency, TooLarge or Unusable.
/// </summary>
public sealed record ImplementationRefused(StageReference Stage, string Ground, string Reason, Spending Spending);
