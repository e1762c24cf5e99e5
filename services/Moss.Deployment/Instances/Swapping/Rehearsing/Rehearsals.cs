using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances.Swapping.Rehearsing;

/// <summary>
/// Swaps there and back on copies of the volumes, while the real ones are served from: whether the version that serves still reads what
/// the new one wrote. Nothing of it has a network, and nothing of it stays.
/// </summary>
internal sealed partial class Rehearsals(
    ISwapEngine engine, VolumeCopier copier, RehearsedVersion versions, DeploymentFolders folders, ILogger<Rehearsals> logger)
{
    private const string Prefix = "moss-rehearsal-";

    /// <summary>How often a volume is copied that changes so that its copying fails: files vanish under it.</summary>
    private const int Tries = 3;

    /// <param name="plan">A promotion that is ready to begin; its candidate has a recipe.</param>
    /// <param name="step">As declared.</param>
    /// <param name="scene">What serves.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    public async Task<RehearsalRuling> RunAsync(PromotionPlan plan, RehearsalStep step, RehearsalScene scene, CancellationToken cancellationToken)
    {
        try
        {
            // The substrate's lock is held: what is there a killed one left.
            await ForgetAsync(plan.Substrate, cancellationToken);
            var copies = scene.Volumes.Select(volume => volume.Name).Distinct().Select((volume, index) => (volume, index))
                .ToImmutableSortedDictionary(volume => volume.volume, volume => $"{Prefix}{plan.Candidate.Marker}-{volume.index}");
            return await CopyAsync(plan, scene, copies, cancellationToken) is { } uncopied ? Undone(uncopied) : await PlayAsync(plan, step, scene, copies, cancellationToken);
        }
        catch (EngineException refused)
        {
            return Undone(refused.Message);
        }
        finally
        {
            await TryForgetAsync(plan.Substrate);
        }
    }

    /// <summary>Removes what rehearsals of a substrate left. Only while none goes on: whoever calls holds the substrate's lock.</summary>
    public async Task ForgetAsync(string substrate, CancellationToken cancellationToken)
    {
        string[] labels = [.. InstanceContainer.StateLabels(substrate, folders.Owner()).Select(label => $"{label.Key}={label.Value}"), ContainerNames.RehearsalLabel];
        foreach (var container in await engine.LabelledAsync(labels, cancellationToken))
        {
            await engine.RemoveWithVolumesAsync(container.Id);
        }

        foreach (var volume in await engine.VolumesAsync(labels, cancellationToken))
        {
            await engine.RemoveVolumeAsync(volume.Name);
        }
    }

    private static RehearsalRuling.Refused Undone(string reason) => new($"the rehearsal could not be done: {reason}");

    private async Task<RehearsalRuling> PlayAsync(
        PromotionPlan plan, RehearsalStep step, RehearsalScene scene, ImmutableSortedDictionary<string, string> copies, CancellationToken cancellationToken)
    {
        Task<StateReading> ReadAsync(string role, string recipe) => versions.ReadAsync(
            $"{Prefix}{plan.Candidate.Marker}-{role}", RehearsalBody.Of(recipe, copies, Labels(plan)), step, plan.Candidate.Grace, cancellationToken);

        var readings = new RehearsalReadings(await ReadAsync("new", plan.Candidate.Recipe!.Body));
        if (readings.Candidate.Reads)
        {
            readings = readings with { Serving = await ReadAsync("serving", scene.Serving) };
        }

        // Else a version that never reads a copy would look like one that cannot read the new one's.
        if (readings.Serving is { Reads: false })
        {
            if (await CopyAsync(plan, scene, copies, cancellationToken) is { } uncopied)
            {
                return Undone(uncopied);
            }

            readings = readings with { Control = await ReadAsync("control", scene.Serving) };
        }

        var ruling = RehearsalJudge.Rule(readings, scene.Uncopied(plan.Snapshot));
        LogRuled(plan.Substrate, plan.Candidate.Version.Commit, ruling);
        return ruling;
    }

    // Null when all are copied. They are copied while they are written to: what a crash would leave, which a version has to start from.
    private async Task<string?> CopyAsync(
        PromotionPlan plan, RehearsalScene scene, ImmutableSortedDictionary<string, string> copies, CancellationToken cancellationToken)
    {
        foreach (var (volume, copy) in copies)
        {
            await engine.MakeVolumeAsync(copy, Labels(plan));
            var order = new VolumeCopy(scene.Image, volume, copy, copy + "-copying") { Labels = Labels(plan), Passing = true };
            var problem = await copier.CopyAsync(order, cancellationToken);
            for (var tries = 1; problem is not null && tries < Tries; tries++)
            {
                problem = await copier.CopyAsync(order, cancellationToken);
            }

            if (problem is not null)
            {
                return $"volume {volume}: {problem}";
            }
        }

        return null;
    }

    private ImmutableSortedDictionary<string, string> Labels(PromotionPlan plan) =>
        InstanceContainer.StateLabels(plan.Substrate, folders.Owner()).Add(ContainerNames.RehearsalLabel, plan.Candidate.Marker);

    private async Task TryForgetAsync(string substrate)
    {
        try
        {
            await ForgetAsync(substrate, CancellationToken.None);
        }
        catch (Exception left) when (left is EngineException or HostAwayException)
        {
            LogLeft(substrate, left.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Substrate}: {Commit} was rehearsed: {Ruling}")]
    private partial void LogRuled(string substrate, string commit, RehearsalRuling ruling);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: what a rehearsal made could not be removed yet: {Reason}")]
    private partial void LogLeft(string substrate, string reason);
}
