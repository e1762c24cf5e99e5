using Moss.Deployment.Instances;
using Moss.Domain.Promotion;
using Moss.EventStore;

namespace Moss.Services.Tests.Deployment;

/// <summary>Moss was killed here; what had left it by then stays.</summary>
internal sealed class KilledException() : Exception("killed");

/// <summary>Kills one life of Moss at its n-th point: before and after each append and each effect. A dead one does nothing more.</summary>
internal sealed class KillSwitch(int at)
{
    private Type? last;

    public static KillSwitch Never => new(int.MaxValue);

    public int Points { get; private set; }

    /// <summary>Kills it as soon as such an event is in the store.</summary>
    public static KillSwitch After<T>() => After(typeof(T));

    /// <summary>The same.</summary>
    public static KillSwitch After(Type happened) => new(int.MaxValue) { last = happened };

    /// <summary>Kills it at the next point, wherever that is.</summary>
    public void Now() => Points = int.MaxValue - 1;

    public void Stored(IReadOnlyList<NewEvent> events)
    {
        if (events.Any(stored => stored.Data.GetType() == last))
        {
            Now();
        }
    }

    public void Pass()
    {
        if (Points < int.MaxValue)
        {
            Points++;
        }

        if (Points >= at)
        {
            throw new KilledException();
        }
    }
}

/// <summary>A store whose user may be killed; the store itself lives on.</summary>
internal sealed class KillableStore(IEventAppender store, KillSwitch kill, Surroundings? around = null) : IEventAppender
{
    private readonly Surroundings around = around ?? new();

    public async Task<long> AppendAsync(
        StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        kill.Pass();
        var version = await around.Appends(events, () => store.AppendAsync(stream, expected, events, cancellationToken));
        kill.Stored(events);
        kill.Pass();
        return version;
    }
}

/// <summary>A host whose user may be killed; the processes live on.</summary>
internal sealed class KillableHost(IInstanceHost host, KillSwitch kill) : IInstanceHost
{
    public bool HasEngine => host.HasEngine;

    public Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) =>
        host.IsOursToRepairAsync(instance, first, cancellationToken);

    public Task<string?> MakeAsync(InstanceLaunch launch) => host.MakeAsync(launch);

    public Task ArmAsync(Instance instance) => host.ArmAsync(instance);

    public Task ReadyAsync(CancellationToken cancellationToken) => host.ReadyAsync(cancellationToken);

    public Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken) =>
        host.LivesAsync(instance, known, cancellationToken);

    public Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken) => host.FindAsync(instance, cancellationToken);

    public Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken) =>
        host.StrangerOnAsync(port, ours, known, cancellationToken);

    public async Task<InstanceStart> StartAsync(InstanceLaunch launch)
    {
        kill.Pass();
        var start = await host.StartAsync(launch);
        kill.Pass();
        return start;
    }

    public async Task StopAsync(Instance instance, InstanceProcess? known)
    {
        kill.Pass();
        await host.StopAsync(instance, known);
        kill.Pass();
    }

    public Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken) =>
        host.EndOfAsync(instance, process, cancellationToken);

    public Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken) =>
        host.LogTailAsync(substrate, instance, bytes, cancellationToken);

    public async Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken)
    {
        kill.Pass();
        await host.TidyAsync(substrate, current, cancellationToken);
    }

    public Task ForgetStateAsync(string substrate, CancellationToken cancellationToken) => host.ForgetStateAsync(substrate, cancellationToken);
}
