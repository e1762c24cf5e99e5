using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances;

/// <summary>Runs instances as processes that outlive Moss.</summary>
internal interface IInstanceHost
{
    /// <summary>Whether anything that belongs to the instance lives.</summary>
    bool Lives(Instance instance, InstanceProcess? known);

    /// <summary>Pids of everything that lives and belongs to the instance.</summary>
    ImmutableArray<int> ProcessesOf(Instance instance, InstanceProcess? known);

    /// <summary>The instance's own process, found by its marker; null when nothing of it lives.</summary>
    InstanceProcess? Find(Instance instance);

    /// <summary>Starts it. Only while nothing of it lives.</summary>
    Task<InstanceStart> StartAsync(InstanceLaunch launch);

    /// <summary>Stops everything that belongs to it: TERM, KILL after its grace. Fine when nothing lives.</summary>
    /// <exception cref="IOException">Something of it could not be stopped.</exception>
    Task StopAsync(Instance instance, InstanceProcess? known);

    /// <summary>Completes when the process has ended.</summary>
    Task EndOfAsync(InstanceProcess process, CancellationToken cancellationToken);
}

/// <summary>What became of a start.</summary>
internal abstract record InstanceStart
{
    private InstanceStart() { }

    internal sealed record Running(InstanceProcess Process) : InstanceStart;

    internal sealed record Refused(string Reason) : InstanceStart;
}
