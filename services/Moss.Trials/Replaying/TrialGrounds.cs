using System.Collections.Concurrent;
using System.Collections.Immutable;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Trials.Building;

namespace Moss.Trials.Replaying;

/// <summary>What the trials of a stage run on, made ready once per stage in each runner.</summary>
internal sealed class TrialGrounds(ISubstrateLoader substrates, TrialSources sources)
{
    /// <summary>Stages that are kept ready; what falls out is made ready again when it is asked for.</summary>
    private const int Most = 16;

    private readonly ConcurrentDictionary<Ground, Task<StageGround>> ready = new();

    /// <summary>For a whole stage.</summary>
    /// <exception cref="SubstrateUnusableException">It cannot be run at all; the message says why.</exception>
    public Task<StageGround> OfAsync(RunTrials command, CancellationToken cancellationToken) =>
        OfAsync(new Ground(command.Subject.Substrate, command.Subject.BaseCommit, command.CandidateCommit, command.CandidateImage), cancellationToken);

    /// <summary>For one trial.</summary>
    /// <exception cref="SubstrateUnusableException">As for the stage.</exception>
    public Task<StageGround> OfAsync(RunTrial command, CancellationToken cancellationToken) =>
        OfAsync(new Ground(command.Subject.Substrate, command.Subject.BaseCommit, command.CandidateCommit, command.CandidateImage), cancellationToken);

    private async Task<StageGround> OfAsync(Ground ground, CancellationToken cancellationToken)
    {
        if (ready.Count >= Most && !ready.ContainsKey(ground))
        {
            ready.Clear();
        }

        // Not under the token of whoever asks first: the others would be cancelled with it.
        var making = ready.GetOrAdd(ground, MakeAsync);
        try
        {
            return await making.WaitAsync(cancellationToken);
        }
        catch when (making.IsFaulted)
        {
            ready.TryRemove(KeyValuePair.Create(ground, making));
            throw;
        }
    }

    private async Task<StageGround> MakeAsync(Ground ground)
    {
        var substrate = await substrates.LoadAsync(ground.Substrate, ground.BaseCommit, CancellationToken.None);
        var baseline = ImmutableDictionary<Arm, ReplaySource>.Empty.Add(
            Arm.Baseline, await sources.GetAsync(substrate, substrate.Commit, null, CancellationToken.None));
        return new(
            substrate,
            ground.CandidateCommit is null
                ? baseline
                : baseline.Add(Arm.Candidate, await sources.GetAsync(substrate, new(ground.CandidateCommit), ground.CandidateImage, CancellationToken.None)));
    }

    private sealed record Ground(string Substrate, string BaseCommit, string? CandidateCommit, string? CandidateImage);
}

/// <summary>What the trials of a stage run on.</summary>
/// <param name="Substrate">At the base commit: declaration, scenarios and graders come from here for both arms.</param>
/// <param name="Sources">What each arm that is tried runs on.</param>
internal sealed record StageGround(LoadedSubstrate Substrate, ImmutableDictionary<Arm, ReplaySource> Sources);
