using Moss.Cli.Api;

namespace Moss.Cli.Demo;

/// <summary>The one object that <c>moss demo --json</c> prints.</summary>
internal sealed record DemoReport(
    string Substrate, Guid Batch, Guid Evolution, string Verdict, string Reason, int Iterations, double BaselineMean, double CandidateMean,
    double? PValue, string? Commit, int FilesChanged, int Insertions, int Deletions, bool Promoted, bool RolledBack,
    IReadOnlyList<StageTime> Stages, double DurationSeconds, bool AuditOk, bool StateKept, string VersionBefore, string VersionAfter, string Engine,
    IReadOnlyDictionary<string, int> TrialsPerRunner, string Repository, string? Data)
{
    public static DemoReport Of(
        EvolutionView view, IReadOnlyList<TimelineEntry> timeline, TimeSpan duration, bool auditOk, DeskHealth before, DeskHealth after,
        string repository, DemoOptions options) =>
        new(
            view.Substrate, view.Batch, view.Id, view.Ending!.Verdict, view.Ending.Reason, view.Iteration, view.Ruling?.BaselineMean ?? 0,
            view.Ruling?.CandidateMean ?? 0, view.Ruling?.PValue, view.Change?.Commit, view.Change?.FilesChanged ?? 0, view.Change?.Insertions ?? 0,
            view.Change?.Deletions ?? 0, view.Ending.Promoted, view.Ending.RolledBack, StageTime.Of(timeline), Math.Round(duration.TotalSeconds, 1),
            auditOk, after.Handled >= before.Handled, before.Version, after.Version, options.Target?.Engine ?? "process",
            view.TrialsPerRunner ?? new Dictionary<string, int>(), repository, options.Target is null ? options.Data : null);
}

/// <summary>How long a stage took, from being asked for to what came next.</summary>
internal sealed record StageTime(string Name, double Seconds)
{
    public static IReadOnlyList<StageTime> Of(IReadOnlyList<TimelineEntry> timeline)
    {
        var marks = timeline.Where(entry => entry.Name is "evolution.stage-requested.v1" or "evolution.consent-requested.v1" or "evolution.ended.v1").ToList();
        return
        [
            .. marks.Zip(marks.Skip(1))
                .Where(pair => pair.First.Name == "evolution.stage-requested.v1")
                .Select(pair => new StageTime(NameOf(pair.First), Math.Round((pair.Second.At - pair.First.At).TotalSeconds, 2))),
        ];
    }

    private static string NameOf(TimelineEntry requested)
    {
        var key = requested.Data.GetProperty("key");
        return $"{key.GetProperty("stage")}.i{key.GetProperty("iteration")}.r{key.GetProperty("round")}";
    }
}
