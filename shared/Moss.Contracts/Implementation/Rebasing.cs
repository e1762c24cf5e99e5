namespace Moss.Contracts.Implementation;

/// <summary>Move a change onto what serves now, which another evolution promoted meanwhile.</summary>
/// <param name="Stage">Key of the work.</param>
/// <param name="Subject">What is evolved; its base is what serves.</param>
/// <param name="Commit">The change, one commit on top of an older base.</param>
public sealed record RebaseChange(StageReference Stage, Subject Subject, string Commit);

/// <summary>The same change as one commit on top of the base, through all mechanical gates.</summary>
public sealed record ChangeRebased(
    StageReference Stage, string Commit, string Tree, string DiffArtifact, int FilesChanged, int Insertions, int Deletions);

/// <summary>
/// The change cannot be moved. <paramref name="Ground"/> is Conflict, Present (the base has it already), or what any change is refused
/// for: OutOfScope, Secret, NewDependency or TooLarge.
/// </summary>
public sealed record RebaseRefused(StageReference Stage, string Ground, string Reason);
