namespace Moss.Contracts.Trials;

/// <summary>Judge the keypoints that no deterministic grader covers.</summary>
public sealed record JudgeTrials(StageReference Stage, Subject Subject, string ResultsArtifact);

/// <summary>The keypoints of every trial are final. <paramref name="JudgedByModel"/> counts those a model decided.</summary>
public sealed record TrialsJudged(StageReference Stage, string ResultsArtifact, int JudgedByModel);
