namespace Moss.Contracts.Planning;

/// <summary>Find where the fault is.</summary>
public sealed record LocateFault(StageReference Stage, Subject Subject, IReadOnlyList<PriorAttempt> Attempts, decimal DollarsLeft);

/// <summary>Where the fault is. <paramref name="FailureClass"/> is Surface, Structural, Model or Environment.</summary>
public sealed record FaultLocated(
    StageReference Stage, string DiagnosisArtifact, string Summary, string FailureClass, IReadOnlyList<string> Files, Spending Spending);
