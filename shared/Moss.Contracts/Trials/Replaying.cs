namespace Moss.Contracts.Trials;

/// <summary>
/// Replay scenarios, arms interleaved. The baseline stage has no candidate commit and replays the batch and the whole
/// corpus; a trial stage replays what its rows name.
/// </summary>
/// <param name="Stage">Which.</param>
/// <param name="Subject">What.</param>
/// <param name="CandidateCommit">Null at baseline.</param>
/// <param name="Rows">Scenarios and how often, per arm; empty at baseline, where the worker finds them in the repository.</param>
/// <param name="TrialsPerScenario">Trials per scenario at baseline; of a candidate, trials between two looks at what can still change the answer.</param>
/// <param name="CandidateImage">Id of the candidate's image, as it was built; null where trials run on the tree.</param>
/// <param name="Alpha">What the p-value of a candidate must stay at or below; null: every row is run to its end.</param>
/// <param name="DollarsLeft">What all trials together may pay for a model, in US dollars; null for no ceiling.</param>
/// <param name="FirstGuards">At baseline: with more held-out scenarios than this it is asked what of the source each of them runs; null: never.</param>
public sealed record RunTrials(
    StageReference Stage, Subject Subject, string? CandidateCommit, IReadOnlyList<TrialRow> Rows, int TrialsPerScenario, string? CandidateImage = null,
    double? Alpha = null, decimal? DollarsLeft = null, int? FirstGuards = null);

/// <summary>How often to replay one scenario on each arm; a later one only when all others went well. <paramref name="Suite"/> is Batch or Corpus.</summary>
public sealed record TrialRow(string Scenario, string Suite, int Trials, bool Later = false);

/// <summary>All trials have ended.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Trials">All that count for the verdict.</param>
/// <param name="ResultsArtifact">The same, as it was kept.</param>
/// <param name="Seconds">Wall clock.</param>
/// <param name="Spending">What they paid for a model; null when they reach none.</param>
/// <param name="Firing">Whether the change is run; null where that was not looked at.</param>
/// <param name="Touched">Of a baseline, what of the source the held-out scenarios run; null where that was not looked at.</param>
/// <param name="Judges">Of a baseline, how the judges answered where the answer is known; null where no keypoint is judged by a model.</param>
public sealed record TrialsCompleted(
    StageReference Stage, IReadOnlyList<TrialReport> Trials, string ResultsArtifact, double Seconds, Spending? Spending = null, ChangeFiring? Firing = null,
    IReadOnlyList<FilesRun>? Touched = null, IReadOnlyList<JudgeMeasured>? Judges = null);

/// <summary>The source files that a scenario runs lines of.</summary>
public sealed record FilesRun(string Scenario, IReadOnlyList<string> Files);

/// <summary>Whether what a candidate changed is run by what passes with it.</summary>
/// <param name="Lines">Lines that it adds or changes where lines are collected.</param>
/// <param name="Ran">Those of them that a passing scenario ran.</param>
/// <param name="Scenarios">Passing scenarios that were looked at.</param>
public sealed record ChangeFiring(int Lines, int Ran, int Scenarios);

/// <summary>One trial. Names as in the domain: Batch or Corpus; Baseline or Candidate; Passed, Failed, TimedOut, Crashed or InfrastructureError. Runner is the process that ran it, Spending what it paid for a model, Lines what of the source it ran, where that was asked for, Judged the votes on keypoints that a model judges.</summary>
public sealed record TrialReport(
    string Scenario, string Suite, string Arm, int Index, string Outcome, double Score, IReadOnlyList<KeypointScore> Keypoints,
    string Note, string TraceArtifact, string Runner = "", Spending? Spending = null,
    IReadOnlyList<FileLines>? Lines = null, IReadOnlyList<JudgedKeypoint>? Judged = null);

/// <summary>Lines of a file, from 1.</summary>
public sealed record FileLines(string Path, IReadOnlyList<int> Lines);

/// <summary>What one grader said, 0 to 1.</summary>
public sealed record KeypointScore(string Keypoint, double Score, string Note);

/// <summary>
/// One trial of a stage ended: for live display, told at best effort. What counts is <see cref="TrialsCompleted"/>. Names as
/// in <see cref="TrialReport"/>.
/// </summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Scenario">Scenario id; may be a held-out one, so not for the eyes of a coding agent.</param>
/// <param name="Suite">Batch or Corpus.</param>
/// <param name="Arm">Baseline or Candidate.</param>
/// <param name="Index">Of the pair.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Done">Trials of the stage that have ended, this one included.</param>
/// <param name="Total">Trials of the stage.</param>
public sealed record TrialFinished(
    StageReference Stage, string Scenario, string Suite, string Arm, int Index, string Outcome, double Score, int Done, int Total);

/// <summary>One trial of a stage, for whichever runner takes it.</summary>
/// <param name="Stage">Of the <see cref="RunTrials"/> that it is a part of.</param>
/// <param name="Subject">What.</param>
/// <param name="CandidateCommit">Null at baseline.</param>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Suite">Batch or Corpus.</param>
/// <param name="Arm">Baseline or Candidate.</param>
/// <param name="Index">Of the pair.</param>
/// <param name="Attempt">0, and 1 more each time that no runner could run it and the stage was asked for again.</param>
/// <param name="CandidateImage">As in <see cref="RunTrials"/>.</param>
/// <param name="Dollars">What it may pay for a model, in US dollars; null for no ceiling.</param>
/// <param name="WithLines">Collect what of the source it runs. Such a trial counts for no verdict.</param>
public sealed record RunTrial(
    StageReference Stage, Subject Subject, string? CandidateCommit, string Scenario, string Suite, string Arm, int Index, int Attempt,
    string? CandidateImage = null, decimal? Dollars = null, bool WithLines = false);

/// <summary>A runner is done with a trial, told to whoever waits for it at best effort: the report is kept before.</summary>
/// <param name="Stage">Of the <see cref="RunTrials"/> that it is a part of.</param>
/// <param name="Report">How it ended.</param>
public sealed record TrialRun(StageReference Stage, TrialReport Report);
