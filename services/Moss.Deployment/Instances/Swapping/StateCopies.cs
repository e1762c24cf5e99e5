using System.Text;
using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>
/// Copies of volumes, made and put back while nothing runs on them. The old image itself does the copying, with no network and its
/// own shell: it is there, and it was trusted with the data before.
/// </summary>
internal sealed class StateCopies(ISwapEngine engine, DeploymentFolders folders)
{
    private const string Prefix = "moss-snapshot-";
    private const int ShownOutput = 500;

    /// <summary>Null when all are copied, else why one is not. Done again, it is done anew.</summary>
    public Task<string?> TakeAsync(PromotionPlan plan) => EachAsync(plan, (volume, copy) => (volume, copy), "taken");

    /// <summary>Null when all are put back, else why one is not. Done again, it is done anew.</summary>
    public Task<string?> RestoreAsync(PromotionPlan plan) => EachAsync(plan, (volume, copy) => (copy, volume), "restored");

    /// <summary>Removes the copies of a substrate that were made before then.</summary>
    public async Task ForgetAsync(string substrate, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var labels = InstanceContainer.StateLabels(substrate, folders.Owner()).Select(label => $"{label.Key}={label.Value}").ToList();
        foreach (var copy in (await engine.VolumesAsync(labels, cancellationToken)).Where(copy => copy.Name.StartsWith(Prefix, StringComparison.Ordinal) && copy.CreatedAt < before))
        {
            await engine.RemoveVolumeAsync(copy.Name);
        }
    }

    private static string CopyOf(PromotionPlan plan, int index) => $"{Prefix}{plan.Candidate.Marker}-{index}";

    private async Task<string?> EachAsync(PromotionPlan plan, Func<string, string, (string From, string To)> direction, string deed)
    {
        try
        {
            for (var index = 0; index < plan.Snapshot.Length; index++)
            {
                var copy = CopyOf(plan, index);
                await engine.MakeVolumeAsync(copy, InstanceContainer.StateLabels(plan.Substrate, folders.Owner()));
                var (from, to) = direction(plan.Snapshot[index], copy);
                if (await CopyAsync(plan.Previous!.Version.Image!, from, to, $"{copy}-{deed}") is { } problem)
                {
                    return $"volume {plan.Snapshot[index]}: {problem}";
                }
            }

            return null;
        }
        catch (EngineException refused)
        {
            return refused.Message;
        }
    }

    private async Task<string?> CopyAsync(string image, string from, string to, string name)
    {
        if (await engine.FindAsync(name, CancellationToken.None) is { } earlier)
        {
            await engine.StopAsync(earlier.Id, TimeSpan.Zero);
            await engine.RemoveWithVolumesAsync(earlier.Id);
        }

        await engine.MakeAsync(name, Body(image, from, to));
        await engine.StartAsync(name);
        await engine.EndOfAsync(name, CancellationToken.None);
        var end = (await engine.FindAsync(name, CancellationToken.None))?.End;
        var said = new MemoryStream();
        await engine.CopyLogsAsync(name, said, CancellationToken.None);
        await engine.RemoveWithVolumesAsync(name);
        var text = Encoding.UTF8.GetString(said.ToArray()).Trim();
        return end == "ended with exit code 0" ? null : $"the copy {end}: {(text.Length > ShownOutput ? text[..ShownOutput] : text)}";
    }

    private static JsonObject Body(string image, string from, string to) => new()
    {
        ["Image"] = image,
        ["User"] = "0:0",
        ["Entrypoint"] = new JsonArray("/bin/sh", "-c", "set -e; rm -rf /to/..?* /to/.[!.]* /to/*; cp -a /from/. /to/; if command -v sync >/dev/null; then sync; fi"),
        ["Cmd"] = new JsonArray(),
        ["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("NONE") },
        ["HostConfig"] = new JsonObject
        {
            ["NetworkMode"] = "none",
            ["Binds"] = new JsonArray($"{from}:/from:ro,nocopy", $"{to}:/to:nocopy"),
            ["RestartPolicy"] = new JsonObject { ["Name"] = "no" },
        },
    };
}
