namespace Moss.Cli.Bench.Patches;

/// <summary>How the bench is run.</summary>
internal sealed record PatchesOptions(string Set, IReadOnlyCollection<string>? Programs, string Data, int AtOnce);

/// <summary>Has each candidate of a set judged, and joins what was ruled with the labels.</summary>
internal sealed class PatchesRun(PatchesOptions options, Action<PatchRow> progress, TimeProvider clock)
{
    public async Task<PatchReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var programs = PatchSet.Read(options.Set, options.Programs).ToDictionary(program => program.Name, StringComparer.Ordinal);
        var rows = new List<PatchRow>();
        await foreach (var ruled in PatchGate.RuleAsync(programs.Values.Select(program => program.Folder), options.Data, options.AtOnce, cancellationToken))
        {
            rows.Add(new(ruled.Program, ruled.Candidate, programs[ruled.Program].Correct[ruled.Candidate], ruled.VisibleOnly, ruled.WithCorpus, ruled.Trials));
            progress(rows[^1]);
        }

        return PatchReport.Of(rows, clock.GetElapsedTime(started));
    }
}
