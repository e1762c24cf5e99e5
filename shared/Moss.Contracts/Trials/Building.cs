namespace Moss.Contracts.Trials;

/// <summary>Build, smoke test and run the substrate's own tests on a commit.</summary>
public sealed record BuildCandidate(StageReference Stage, Subject Subject, string Commit);

/// <summary>The candidate can be tried.</summary>
public sealed record CandidateBuilt(StageReference Stage, string Tree, double Seconds);

/// <summary>The candidate does not build or run. <paramref name="Step"/> is Build, Smoke or Tests.</summary>
public sealed record CandidateRefused(StageReference Stage, string Step, string Reason, string LogArtifact);
