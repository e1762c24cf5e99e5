using System.Text;
using System.Text.Json.Nodes;
using Moss.Domain.Corpus;
using Moss.Domain.Judgement;
using Moss.PatchGate.Trying;
using Moss.Replays;
using Moss.Replays.Reading;

namespace Moss.PatchGate.Minimising;

/// <summary>
/// Takes from a scenario's input what its failure does not need: the version without the fix fails on the same keypoints and in the same way, and
/// the version with the fix passes, as on the whole. The graders stay as they are.
/// </summary>
internal sealed class ScenarioMinimiser(VersionTrials trials, BuiltVersion broken, BuiltVersion repaired)
{
    /// <summary>What is left must hold so often again, each time with another seed.</summary>
    private const int Confirmations = 3;

    /// <exception cref="UnusableSetException">The scenario shows no repair, or not every time.</exception>
    public async Task<MinimisedLine> RunAsync(string program, Scenario scenario, int most, CancellationToken cancellationToken)
    {
        var failure = Failure.Of(await trials.ReplayAsync(broken, scenario, cancellationToken));
        if (failure.Passed || (await trials.ReplayAsync(repaired, scenario, cancellationToken)).Outcome != TrialOutcome.Passed)
        {
            throw new UnusableSetException($"scenario '{scenario.Id}' does not fail without the change and pass with it: name a version before and one after its repair");
        }

        var reduced = await new InputReduction(most, input => HoldsAsync(scenario with { Input = input }, failure, cancellationToken)).ReduceAsync(scenario.Input);
        for (var again = 1; again <= Confirmations; again++)
        {
            if (!await HoldsAsync(scenario with { Input = reduced.Value, Seed = scenario.Seed + again }, failure, cancellationToken))
            {
                throw new UnusableSetException($"scenario '{scenario.Id}' fails or passes by chance: what is left of it did not behave the same with another seed");
            }
        }

        return new(
            program, Encoding.UTF8.GetString(ScenarioWriter.WriteFull(scenario with { Input = reduced.Value })) + "\n", reduced.Asked, reduced.Minimal,
            Size(scenario.Input), Size(reduced.Value));
    }

    private async Task<bool> HoldsAsync(Scenario smaller, Failure failure, CancellationToken cancellationToken) =>
        Failure.Of(await trials.ReplayAsync(broken, smaller, cancellationToken)) == failure
        && (await trials.ReplayAsync(repaired, smaller, cancellationToken)).Outcome == TrialOutcome.Passed;

    private static int Size(JsonNode? input) => Encoding.UTF8.GetByteCount(input?.ToJsonString() ?? "null");

    /// <summary>How a trial failed, and the keypoints that it missed.</summary>
    private sealed record Failure(TrialOutcome Outcome, string Missed)
    {
        public bool Passed => Outcome is TrialOutcome.Passed or TrialOutcome.InfrastructureError;

        public static Failure Of(Replay replay) =>
            new(replay.Outcome, string.Join(' ', replay.Keypoints.Where(keypoint => keypoint.Score < 1).Select(keypoint => keypoint.Keypoint)));
    }
}
