using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Moss.EventStore;
using Moss.Replays;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Workspaces;

namespace Moss.Trials.Building;

/// <summary>
/// Trees that trials run on: the shared checkout where nothing is declared to be built, else what the build made of a copy of
/// it, made once and kept. The copy has no scenarios, so that no build can carry them into a trial.
/// </summary>
internal sealed class BuiltTrees(IWorkspaceReader workspaces, StepRunner steps, SandboxFolders folders, TrialsOptions options)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    /// <summary>The tree of a commit, built as the substrate's declaration (at the base commit) says.</summary>
    public async Task<BuiltSource> GetAsync(LoadedSubstrate substrate, CommitHash commit, CancellationToken cancellationToken)
    {
        var checkout = await workspaces.CheckoutAsync(substrate.Entry.Repository, commit, cancellationToken);
        if (substrate.Declaration.Build is null)
        {
            return Ready(checkout);
        }

        var target = Path.Combine(options.BuiltTrees, Key(substrate, commit));
        var gate = gates.GetOrAdd(target, _ => new(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return Directory.Exists(target) ? Ready(target) : await BuildAsync(substrate, checkout, target, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<BuiltSource> BuildAsync(LoadedSubstrate substrate, string checkout, string target, CancellationToken cancellationToken)
    {
        using var scratch = Scratch.Create(folders);
        var tree = scratch.Folder("tree");
        TreeCopy.Copy(checkout, tree, substrate.Declaration.Scenarios);
        if (await steps.RunAsync(substrate.Declaration.Build!, new ReplaySource.Tree(tree), null, cancellationToken) is StepOutcome.Refused refused)
        {
            return new BuiltSource.Refused(refused.Reason, refused.Log);
        }

        Directory.CreateDirectory(options.BuiltTrees);
        Directory.Move(tree, target);
        return Ready(target);
    }

    private static BuiltSource.Ready Ready(string tree) => new(new ReplaySource.Tree(tree));

    private static string Key(LoadedSubstrate substrate, CommitHash commit)
    {
        var identity = JsonSerializer.SerializeToUtf8Bytes(
            new { substrate.Entry.Repository, Commit = commit.Value, substrate.Declaration.Build, substrate.Declaration.Scenarios }, StoredJson.Options);
        return $"built-{Convert.ToHexStringLower(SHA256.HashData(identity).AsSpan(0, 16))}";
    }
}
