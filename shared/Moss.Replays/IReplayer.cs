using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.Replays.Judging;
using Moss.Sandboxes;
using Moss.Substrates;

namespace Moss.Replays;

/// <summary>Replays one scenario on one source tree in one trial worker, and grades what it left.</summary>
public interface IReplayer
{
    /// <summary>Runs to the end; never throws for anything that the candidate does.</summary>
    Task<Replay> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);
}

/// <summary>What to replay.</summary>
/// <param name="Trial">How, from the declaration of the commit that the evolution started at.</param>
/// <param name="Source">What runs.</param>
/// <param name="Scenario">The task.</param>
/// <param name="GraderFolder">Absolute path of the trusted scenario folder, for script graders.</param>
public sealed record ReplayRequest(TrialStep Trial, ReplaySource Source, Scenario Scenario, string GraderFolder)
{
    /// <summary>Content laid over files of a tree, by path relative to it: how a mutant is tried without a checkout of its own.</summary>
    public ImmutableSortedDictionary<string, string> Overlay { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// Paths relative to a tree that the trial sees as empty folders: where the scenarios are, so that no candidate reads how it
    /// is judged. An image is made without them.
    /// </summary>
    public ImmutableArray<string> Hidden { get; init; } = [];

    /// <summary>Collect the lines of a tree that ran, where the language allows.</summary>
    public bool WithCoverage { get; init; }

    /// <summary>Shorter than the declared timeout, when set.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Id of the trusted image in which script graders run; the engine's own when null.</summary>
    public string? GraderImage { get; init; }

    /// <summary>For whom it is; nobody in particular when null.</summary>
    public SandboxPurpose? Purpose { get; init; }

    /// <summary>Who votes on keypoints that a model judges; null where none is asked, and no trial with such a keypoint passes.</summary>
    public JudgePanel? Judge { get; init; }

    /// <summary>The way to its model; null for a trial that reaches none.</summary>
    public TrialModel? Model { get; init; }
}

/// <summary>The way of a trial to its model.</summary>
/// <param name="SocketPath">Unix socket, on the host; inside it is <see cref="Sandboxed.TrialPaths.Model"/>.</param>
/// <param name="Environment">What the trial is told about it.</param>
public sealed record TrialModel(string SocketPath, ImmutableSortedDictionary<string, string> Environment);

/// <summary>What is replayed.</summary>
public abstract record ReplaySource
{
    private ReplaySource() { }

    /// <summary>A source tree, mounted read-only at <c>/moss/source</c>, on the system of the engine.</summary>
    /// <param name="Path">Absolute.</param>
    public sealed record Tree(string Path) : ReplaySource;

    /// <summary>An image in which the source and all it needs lie, in its working directory; for engines that run images.</summary>
    /// <param name="Id"><c>sha256:...</c>.</param>
    public sealed record Image(string Id) : ReplaySource;
}

/// <summary>What came out.</summary>
/// <param name="Outcome">Never two kinds merged.</param>
/// <param name="Score">Weighted share of keypoints shown, 0 to 1; 0 when the trial gave nothing to grade.</param>
/// <param name="Keypoints">A row per grader, in the scenario's order.</param>
public sealed record Replay(TrialOutcome Outcome, double Score, ImmutableArray<KeypointResult> Keypoints)
{
    /// <summary>Why, in a line, when the outcome is not Passed.</summary>
    public string Note { get; init; } = "";

    /// <summary>The votes on keypoints that a model judged.</summary>
    public ImmutableArray<JudgedKeypoint> Judged { get; init; } = [];

    /// <summary>Standard output, error, transcript and answer as left (each at most 1 MiB).</summary>
    public ReplayTrace Trace { get; init; } = new("", "", "", "");

    /// <summary>Lines that ran by file, relative to the source; empty when not collected.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>> Coverage { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty;

    /// <summary>Wall clock of the trial.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>What a trial left, as text.</summary>
public sealed record ReplayTrace(string Output, string Error, string Transcript, string Answer);
