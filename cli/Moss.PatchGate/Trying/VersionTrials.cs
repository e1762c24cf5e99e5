using Moss.Domain.Judgement;
using Moss.PatchGate.Sets;
using Moss.Replays;

namespace Moss.PatchGate.Trying;

/// <summary>Replays scenarios on a version that was built.</summary>
internal sealed class VersionTrials(IReplayer replayer, PatchProgram program)
{
    /// <summary>A trial that could not be run says nothing of the version and is run again.</summary>
    private const int Tries = 3;

    public async Task<TrialResult> TryAsync(BuiltVersion version, ScheduledTrial trial, Arm arm, CancellationToken cancellationToken)
    {
        var replay = await ReplayAsync(version, trial.Scenario with { Seed = trial.Scenario.Seed + trial.Index }, cancellationToken);
        return new(trial.Scenario.Id, trial.Suite, arm, trial.Index, replay.Outcome, replay.Score, replay.Keypoints);
    }

    public async Task<Replay> ReplayAsync(BuiltVersion version, Scenario scenario, CancellationToken cancellationToken)
    {
        var request = new ReplayRequest(
            program.Declaration.Trial, new ReplaySource.Tree(version.Tree), scenario, Path.Combine(program.Base, program.Declaration.Scenarios))
        {
            Hidden = [program.Declaration.Scenarios],
        };
        for (var left = Tries; ; left--)
        {
            var replay = await replayer.ReplayAsync(request, cancellationToken);
            if (replay.Outcome != TrialOutcome.InfrastructureError || left == 1)
            {
                return replay;
            }
        }
    }
}
