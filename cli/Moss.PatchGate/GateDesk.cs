using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.PatchGate.Minimising;
using Moss.PatchGate.Ruling;
using Moss.PatchGate.Sets;
using Moss.PatchGate.Trying;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;

namespace Moss.PatchGate;

/// <summary>Takes candidates through build, trials and verdict.</summary>
internal sealed class GateDesk : IAsyncDisposable
{
    private readonly GateRequest request;
    private readonly Action<object> tell;
    private readonly SandboxFolders folders;
    private readonly SandboxReplayer replayer;
    private readonly BuildStep build;
    private readonly TrialStore store;
    private readonly Lock telling = new();

    public GateDesk(GateRequest request, Action<object> tell)
    {
        (this.request, this.tell) = (request, tell);
        folders = new(Path.Combine(request.Data, "sandboxes"));
        var engine = SandboxRegistration.CreateEngine(folders);
        replayer = new(engine, folders);
        build = new(engine, folders);
        store = new(request.Data);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var program in request.Programs.Select(folder => PatchProgram.Read(folder, request.Questions)).ToList())
        {
            await (request switch
            {
                { Minimise: { } wish } => MinimiseAsync(program, wish, cancellationToken),
                { Questions: null } => RuleAsync(program, cancellationToken),
                _ => AnswerAsync(program, cancellationToken),
            });
        }
    }

    public ValueTask DisposeAsync()
    {
        folders.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RuleAsync(PatchProgram program, CancellationToken cancellationToken)
    {
        var trials = new VersionTrials(replayer, program);
        var (baseline, schedule) = await BaselineAsync(program, trials, cancellationToken);
        await Parallel.ForEachAsync(program.Candidates, Options(cancellationToken), async (candidate, token) =>
        {
            var tried = await store.GetAsync(program, candidate, () => TryAsync(program, trials, candidate, schedule, token), token);
            Tell(CandidateRuling.Of(program, candidate, baseline, tried));
        });
    }

    /// <summary>
    /// The base is tried once for all candidates: once to see what fails, and the batch again so often that every trial of a candidate has
    /// its pair.
    /// </summary>
    private async Task<(TriedVersion Baseline, TrialSchedule Schedule)> BaselineAsync(
        PatchProgram program, VersionTrials trials, CancellationToken cancellationToken)
    {
        var baseline = await store.GetAsync(program, null, async () =>
        {
            using var version = await ReadyAsync(program, null, cancellationToken);
            var first = await AllAsync(version, trials, [.. program.Scenarios.Select(scenario => new ScheduledTrial(scenario, Suite.Corpus, 0))], Arm.Baseline, cancellationToken);
            var planned = ScheduleOf(program, first);
            var rest = await AllAsync(version, trials, [.. planned.Batch.Where(trial => trial.Index > 0)], Arm.Baseline, cancellationToken);
            var batch = planned.Batch.Select(trial => trial.Scenario.Id).ToHashSet(StringComparer.Ordinal);
            return new(null, "", [.. first.Select(trial => batch.Contains(trial.Scenario) ? trial with { Suite = Suite.Batch } : trial), .. rest]);
        }, cancellationToken);
        return (baseline, ScheduleOf(program, baseline.Trials));
    }

    private static TrialSchedule ScheduleOf(PatchProgram program, ImmutableArray<TrialResult> baseline) => TrialSchedule.Of(
        program.Scenarios, baseline.Where(trial => trial is { Index: 0, Counts: true, Passed: false }).Select(trial => trial.Scenario).ToHashSet(StringComparer.Ordinal),
        program.Declaration.Verdict.Alpha);

    /// <summary>As in an evolution, the rest is not run once a scenario of the batch has failed: nothing could undo that.</summary>
    private async Task<TriedVersion> TryAsync(
        PatchProgram program, VersionTrials trials, PatchCandidate candidate, TrialSchedule schedule, CancellationToken cancellationToken)
    {
        using var version = await build.MakeAsync(program, candidate, cancellationToken);
        if (!version.IsReady)
        {
            return new(version.Stage, version.Problem, []);
        }

        var results = ImmutableArray.CreateBuilder<TrialResult>();
        foreach (var trial in schedule.Batch.AddRange(schedule.Guards))
        {
            results.Add(await trials.TryAsync(version, trial, Arm.Candidate, cancellationToken));
            if (results[^1] is { Suite: Suite.Batch, Counts: true, Passed: false })
            {
                break;
            }
        }

        return new(null, "", results.ToImmutable());
    }

    private async Task<ImmutableArray<TrialResult>> AllAsync(
        BuiltVersion version, VersionTrials trials, ImmutableArray<ScheduledTrial> planned, Arm arm, CancellationToken cancellationToken)
    {
        var results = new TrialResult[planned.Length];
        await Parallel.ForAsync(0, planned.Length, Options(cancellationToken), async (place, token) =>
            results[place] = await trials.TryAsync(version, planned[place], arm, token));
        return [.. results];
    }

    private async Task AnswerAsync(PatchProgram program, CancellationToken cancellationToken)
    {
        var trials = new VersionTrials(replayer, program);
        await Parallel.ForEachAsync([null, .. program.Candidates], Options(cancellationToken), async (candidate, token) =>
        {
            using var version = await build.MakeAsync(program, candidate, token);
            var name = candidate?.Name ?? "";
            if (!version.IsReady)
            {
                Tell(new AnsweredLine(program.Name, name, "", version.Stage!, "", version.Problem));
                return;
            }

            foreach (var question in program.Scenarios)
            {
                var replay = await trials.ReplayAsync(version, question, token);
                Tell(new AnsweredLine(program.Name, name, question.Id, replay.Outcome.ToString(), replay.Trace.Answer, replay.Note));
            }
        });
    }

    private async Task MinimiseAsync(PatchProgram program, MinimiseRequest wish, CancellationToken cancellationToken)
    {
        var scenario = program.Scenarios.FirstOrDefault(scenario => scenario.Id == wish.Scenario)
            ?? throw new UnusableSetException($"there is no scenario '{wish.Scenario}'; there are {string.Join(", ", program.Scenarios.Select(scenario => scenario.Id))}");
        using var broken = await ReadyAsync(program, null, cancellationToken);
        using var repaired = await ReadyAsync(program, program.Candidates.Single(), cancellationToken);
        Tell(await new ScenarioMinimiser(new(replayer, program), broken, repaired).RunAsync(program.Name, scenario, wish.Most, cancellationToken));
    }

    private async Task<BuiltVersion> ReadyAsync(PatchProgram program, PatchCandidate? candidate, CancellationToken cancellationToken)
    {
        var version = await build.MakeAsync(program, candidate, cancellationToken);
        return version.IsReady ? version : throw new UnusableSetException($"{candidate?.Name ?? "the base"} of {program.Name} cannot be tried: {version.Problem}");
    }

    private ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = request.AtOnce, CancellationToken = cancellationToken };

    private void Tell(object line)
    {
        lock (telling)
        {
            tell(line);
        }
    }
}
