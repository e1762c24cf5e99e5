using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Moss.Domain.Judgement;
using Moss.Replays.Coverage;
using Moss.Replays.Grading;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>Replays in a sandbox of the engine, then grades what was left: data here, scripts in sandboxes of their own.</summary>
public sealed class SandboxReplayer(ISandboxEngine engine, SandboxFolders folders, params IReadOnlyList<ILineCoverage> languages) : IReplayer
{
    private readonly TrialGrading grading = new(new ScriptGrader(engine));

    /// <inheritdoc/>
    public async Task<Replay> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        if (Refusal(request) is { } refused)
        {
            return TrialGrading.Unusable(request, refused);
        }

        try
        {
            using var scratch = Scratch.Create(folders);
            return await ReplayAsync(request, scratch, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return TrialGrading.Unusable(request, $"the trial could not be prepared: {broken.Message}");
        }
    }

    private static string? Refusal(ReplayRequest request) => request.Source switch
    {
        ReplaySource.Tree tree => request.Overlay.Keys.Select(path => Overlay.Problem(tree.Path, path)).FirstOrDefault(problem => problem is not null),
        _ when !request.Overlay.IsEmpty => "nothing can be laid over an image: replay the tree",
        _ => null,
    };

    private async Task<Replay> ReplayAsync(ReplayRequest request, Scratch scratch, CancellationToken cancellationToken)
    {
        var lines = request is { WithCoverage: true, Source: ReplaySource.Tree tree } && languages.FirstOrDefault(language => language.Language == request.Trial.Coverage) is { } language
            ? LineCollection.Prepare(language, scratch, request, tree.Path)
            : null;
        var spec = TrialSpec.Of(request, scratch, lines);
        var result = await engine.RunAsync(spec, cancellationToken);
        var left = TrialOutput.Read(Path.Combine(scratch.Path, "out"), result);
        var replay = result switch
        {
            SandboxResult.Unavailable unavailable => TrialGrading.Unusable(request, unavailable.Reason),
            SandboxResult.TimedOut => TrialGrading.Ungraded(request, TrialOutcome.TimedOut, Seconds(spec.Limits.WallClock)),
            SandboxResult.Exited { Code: not 0 } ended => TrialGrading.Ungraded(request, TrialOutcome.Crashed, ExitReason.Of(ended)),
            SandboxResult.Exited when left.Remains is { } remains => await grading.GradeAsync(request, remains, scratch, cancellationToken),
            SandboxResult.Exited ended => TrialGrading.Ungraded(request, TrialOutcome.Crashed, left.Problem + LastLine.After("; last on standard error: ", ended.Error)),
            _ => throw new UnreachableException(),
        };
        return replay with
        {
            Note = string.Join("; ", new[] { replay.Note, left.Remark }.Where(note => note.Length > 0)),
            Trace = left.Trace,
            Coverage = lines?.Read() ?? ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty,
            Duration = result.Duration,
        };
    }

    private static string Seconds(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"did not end within {limit.TotalSeconds:0.##} s");
}
