namespace Moss.Contracts.Trials;

/// <summary>Build, smoke test and run the substrate's own tests on a commit.</summary>
public sealed record BuildCandidate(StageReference Stage, Subject Subject, string Commit);

/// <summary>The candidate can be tried.</summary>
/// <param name="Stage">Key of the work.</param>
/// <param name="Tree">Its content.</param>
/// <param name="Seconds">Wall clock.</param>
/// <param name="Image">Id of the image that was made of it (<c>sha256:...</c>); null where trials run on the tree.</param>
public sealed record CandidateBuilt(StageReference Stage, string Tree, double Seconds, string? Image = null);

/// <summary>The candidate does not build or run. <paramref name="Step"/> is Build, Smoke or Tests.</summary>
public sealed record CandidateRefused(StageReference Stage, string Step, string Reason, string LogArtifact);
