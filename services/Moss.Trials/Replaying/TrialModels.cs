using System.Collections.Immutable;
using System.Text;
using Moss.Contracts.Trials;
using Moss.ModelProxy;
using Moss.Replays;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Substrates;

namespace Moss.Trials.Replaying;

/// <summary>Opens the ways of trials to their models, a socket and a purse for each trial.</summary>
internal sealed class TrialModels(IModelProxy models, SandboxFolders folders)
{
    private const int LongestSocketPath = 100;

    /// <summary>The way of one trial, until it is disposed; null when it was declared to reach no model.</summary>
    /// <exception cref="IOException">There is none to that model; the message says what to set.</exception>
    public async Task<OpenModel?> OpenAsync(RunTrial trial, ModelAccess? access, CancellationToken cancellationToken)
    {
        if (access is null)
        {
            return null;
        }

        var folder = Folder();
        var opening = await models.OpenAsync(TrialKeys.Of(trial), access.Upstream, Path.Combine(folder.Path, "m"), trial.Dollars ?? decimal.MaxValue, cancellationToken);
        if (opening is ModelOpening.Opened { Lease: var lease })
        {
            return new(lease, access, folder);
        }

        folder.Dispose();
        throw new IOException($"trial.model: {((ModelOpening.Unavailable)opening).Reason}");
    }

    /// <summary>Among those of the sandboxes, which a container engine can mount; elsewhere when the path is too long for a socket.</summary>
    private SandboxFolder Folder()
    {
        var folder = folders.Create();
        if (Encoding.UTF8.GetByteCount(folder.Path) + "/m".Length <= LongestSocketPath)
        {
            return folder;
        }

        folder.Dispose();
        return new(Directory.CreateTempSubdirectory("moss-model-").FullName);
    }
}

/// <summary>The way of one trial to its model.</summary>
internal sealed class OpenModel(IModelLease lease, ModelAccess access, SandboxFolder folder) : IAsyncDisposable
{
    /// <summary>As the trial sees it.</summary>
    public TrialModel Model { get; } = new(lease.SocketPath, access.Environment
        .ToImmutableSortedDictionary(variable => variable.Key, variable => variable.Value == ModelAccess.Token ? lease.Token : TrialPaths.Model, StringComparer.Ordinal)
        .SetItem("MOSS_MODEL_SOCKET", TrialPaths.Model)
        .SetItem("MOSS_MODEL_TOKEN", lease.Token)
        .SetItem("MOSS_MODEL_BASE", lease.BasePath));

    /// <summary>What it paid, with every call settled.</summary>
    public async Task<ModelSpending> SettleAsync(CancellationToken cancellationToken)
    {
        await lease.SettleAsync(cancellationToken);
        return lease.Spending;
    }

    public async ValueTask DisposeAsync()
    {
        await lease.DisposeAsync();
        folder.Dispose();
    }
}
