using Microsoft.Extensions.Options;
using Moss.Deployment.Instances;
using Moss.Deployment.Starting;
using Moss.Domain.Oversight;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>Does one step of a decision and journals what was observed. Every step may be done again.</summary>
internal sealed class OversightEffects(
    ISubstrateDirectory directory, IStableBranch stable, InstanceKeeper keeper, IOptions<DeploymentOptions> options, TimeProvider clock)
{
    private DateTimeOffset Now => clock.GetUtcNow();

    public Task DoAsync(OversightRun run, OversightStep step) => step switch
    {
        OversightStep.MakeMerge make => MakeMergeAsync(run, make.Decision),
        OversightStep.MoveStable move => MoveStableAsync(run, move.Decision, move.Merge),
        OversightStep.RevertProduction revert => RevertProductionAsync(run, revert),
        OversightStep.MoveEvolvedBack back => MoveEvolvedBackAsync(run, back),
        _ => throw new InvalidOperationException($"unknown step {step}"),
    };

    private async Task MakeMergeAsync(OversightRun run, SigningDecided decision)
    {
        if (options.Value.SigningKey is not { } key)
        {
            await run.Oversight.AppendAsync(new SigningAbandoned(SigningDesk.KeySetting, "the key to sign with is not set any more", SigningDesk.KeyFix, Now));
            return;
        }

        var order = new MergeOrder(
            await RepositoryAsync(run), new(decision.Stable), new(decision.Review.Head), MergeMessage.Of(run.Substrate, decision), decision.At);
        await run.Oversight.AppendAsync(await stable.MergeAsync(order, new SigningKeyFile(key), CancellationToken.None) switch
        {
            SignedMerge.Made made => new StableMergeMade(made.Commit.Value, Now),
            SignedMerge.Conflicts conflicts => new SigningAbandoned(
                "stableBranch", $"{decision.Branch} and {decision.Review.Head} changed the same lines of {string.Join(", ", conflicts.Files)}",
                $"take off {decision.Branch} what did not come through oversight, or refuse the period: what was promoted is evolved anew on {decision.Branch}", Now),
            SignedMerge.NotSigned not => new SigningAbandoned(SigningDesk.KeySetting, $"git could not sign with {key}: {not.Reason}", SigningDesk.KeyFix, Now),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        });
    }

    private async Task MoveStableAsync(OversightRun run, SigningDecided decision, string merge) =>
        await run.Oversight.AppendAsync(await stable.MoveAsync(await RepositoryAsync(run), decision.Branch, new(decision.Stable), new(merge), CancellationToken.None) switch
        {
            BranchMove.Done => new StableMerged(merge, Now),
            BranchMove.Elsewhere elsewhere => new SigningAbandoned(
                "stableBranch", $"{decision.Branch} was at {decision.Stable} and is {(elsewhere.Tip is { } tip ? $"at {tip}" : "elsewhere")} now; it was left there",
                $"read what came meanwhile and sign again: moss oversight review {run.Substrate}", Now),
            BranchMove.NotTaken not => new SigningAbandoned("stableBranch", not.Reason, "mend that and sign again", Now),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        });

    private async Task RevertProductionAsync(OversightRun run, OversightStep.RevertProduction step)
    {
        var problem = step.Version is null ? null : await RunInsteadAsync(run, step.Version);
        await run.Oversight.AppendAsync(problem is null ? new ProductionReverted(step.Commit, Now) : new ProductionNotReverted(problem, Now));
    }

    // Null when that version serves.
    private async Task<string?> RunInsteadAsync(OversightRun run, DeployedVersion version)
    {
        try
        {
            return await keeper.ReplaceAsync(run.Substrate, version, run.Deployment) switch
            {
                StartOutcome.Done => null,
                StartOutcome.Refused refused => $"{refused.Detail}; {refused.Fix}",
                StartOutcome.Unhealthy sick => $"{version.Commit} did not come up healthy and what served before it was started again: {sick.Reason}",
                var other => throw new InvalidOperationException($"unknown outcome {other}"),
            };
        }
        catch (Exception away) when (away is NotDeployableException or HostAwayException or RepositoryException)
        {
            return away.Message;
        }
    }

    private async Task MoveEvolvedBackAsync(OversightRun run, OversightStep.MoveEvolvedBack step)
    {
        var branch = options.Value.Branch;
        await run.Oversight.AppendAsync(await stable.MoveAsync(await RepositoryAsync(run), branch, new(step.From), new(step.To), CancellationToken.None) switch
        {
            BranchMove.Done => new EvolvedMovedBack(step.To, Now),
            BranchMove.Elsewhere elsewhere => new EvolvedNotMovedBack(
                $"{branch} was at {step.From} and is {(elsewhere.Tip is { } tip ? $"at {tip}" : "elsewhere")} now; move it to {step.To}", Now),
            BranchMove.NotTaken not => new EvolvedNotMovedBack(not.Reason, Now),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        });
    }

    private async Task<string> RepositoryAsync(OversightRun run) =>
        (await directory.FindAsync(run.Substrate, CancellationToken.None) ?? throw new RepositoryException($"no substrate '{run.Substrate}' is registered any more.")).Repository;
}
