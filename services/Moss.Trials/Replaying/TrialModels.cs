using System.Collections.Immutable;
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
    /// <summary>The way of one trial, until it is disposed; null when it was declared to reach no model.</summary>
    /// <exception cref="IOException">There is none to that model; the message says what to set.</exception>
    public async Task<OpenModel?> OpenAsync(RunTrial trial, ModelAccess? access, CancellationToken cancellationToken)
    {
        if (access is null)
        {
            return null;
        }

        var folder = ModelFolder.Create(folders);
        var opening = await models.OpenAsync(TrialKeys.Of(trial), access.Upstream, ModelFolder.Socket(folder), trial.Dollars ?? decimal.MaxValue, cancellationToken);
        if (opening is ModelOpening.Opened { Lease: var lease })
        {
            return new(lease, access, folder);
        }

        folder.Dispose();
        throw new IOException($"trial.model: {((ModelOpening.Unavailable)opening).Reason}");
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

    /// <summary>What the calls that have ended have cost, in US dollars.</summary>
    public decimal Spent => lease.Spending.Dollars;

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
