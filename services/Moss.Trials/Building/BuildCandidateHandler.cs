using System.Diagnostics;
using System.Text;
using MassTransit;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Replays;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Stages;
using Moss.Substrates;
using Moss.Trials.Sandboxing;
using Moss.Workspaces;

namespace Moss.Trials.Building;

/// <summary>Builds a candidate, starts it once and runs its own tests, all as declared at the base commit: a candidate cannot change how it is checked.</summary>
internal sealed class BuildCandidateHandler(
    StageDesk desk, ISubstrateLoader substrates, IWorkspaceReader workspaces, TrialSources sources, StepRunner steps, IArtifactStore artifacts,
    SandboxFolders folders, TimeProvider time) : IConsumer<BuildCandidate>
{
    public Task Consume(ConsumeContext<BuildCandidate> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => BuildAsync(context.Message, token));

    private async Task<object> BuildAsync(BuildCandidate command, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var substrate = await substrates.LoadAsync(command.Subject.Substrate, command.Subject.BaseCommit, cancellationToken);
        var candidate = new CommitHash(command.Commit);
        switch (await sources.BuildAsync(substrate, candidate, cancellationToken))
        {
            case BuiltSource.Refused refused:
                return await RefuseAsync(command, "Build", refused.Reason, refused.Log, cancellationToken);
            case BuiltSource.Ready ready:
                foreach (var (name, step) in Checks(substrate.Declaration))
                {
                    if (await CheckAsync(command, step, ready.Source, substrate.Declaration.Scenarios, cancellationToken) is StepOutcome.Refused failed)
                    {
                        return await RefuseAsync(command, name, failed.Reason, failed.Log, cancellationToken);
                    }
                }

                var tree = await workspaces.TreeOfAsync(substrate.Entry.Repository, candidate, cancellationToken);
                return new CandidateBuilt(command.Stage, tree.Value, time.GetElapsedTime(started).TotalSeconds, (ready.Source as ReplaySource.Image)?.Id);
            default:
                throw new UnreachableException();
        }
    }

    private static IEnumerable<(string Name, CommandStep Step)> Checks(SubstrateDeclaration declaration) =>
        new (string Name, CommandStep? Step)[] { ("Smoke", declaration.Smoke), ("Tests", declaration.Tests) }
            .Where(check => check.Step is not null)
            .Select(check => (check.Name, check.Step!));

    /// <summary>On a copy that is thrown away: what a check writes reaches no trial, and no log can quote a held-out scenario.</summary>
    private async Task<StepOutcome> CheckAsync(BuildCandidate command, CommandStep step, ReplaySource source, string scenarios, CancellationToken cancellationToken)
    {
        var purpose = command.Stage.Purpose();
        if (source is not ReplaySource.Tree tree)
        {
            return await steps.RunAsync(step, source, purpose, cancellationToken);
        }

        using var scratch = Scratch.Create(folders);
        var copy = scratch.Folder("tree");
        TreeCopy.Copy(tree.Path, copy, scenarios);
        return await steps.RunAsync(step, new ReplaySource.Tree(copy), purpose, cancellationToken);
    }

    private async Task<CandidateRefused> RefuseAsync(BuildCandidate command, string step, string reason, string log, CancellationToken cancellationToken) =>
        new(command.Stage, step, reason, await artifacts.KeepAsync(Encoding.UTF8.GetBytes(log), cancellationToken));
}
