using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Streams;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>
/// An engine whose containers are entries in a table. It outlives Moss, and notices a second writer of a volume. Images behave as they
/// are called: what is called sick never writes its heartbeat, what is called boot ends at once.
/// </summary>
internal sealed class FakeEngine(TimeProvider clock) : IInstanceEngine
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> containers = new(StringComparer.Ordinal);
    private readonly List<(string Container, EngineDoing Doing)> memory = [];
    private int pids = 1000;

    /// <summary>False when it does not answer.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Images of what runs.</summary>
    public IReadOnlyList<string> Running
    {
        get
        {
            lock (gate)
            {
                return [.. containers.Values.Where(entry => entry.Seen.Runs).Select(entry => entry.Spec.Image)];
            }
        }
    }

    /// <summary>Names of all containers.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate)
            {
                return [.. containers.Keys];
            }
        }
    }

    public HashSet<string> Volumes { get; } = new(StringComparer.Ordinal);

    public bool HadTwoWriters { get; private set; }

    /// <summary>The daemon restarts: what ran does not run any more, and how that came it does not remember.</summary>
    public void Restart()
    {
        lock (gate)
        {
            EndAll(0);
            memory.Clear();
        }
    }

    /// <summary>What runs ends by itself.</summary>
    /// <param name="exitCode">With that.</param>
    /// <param name="outOfMemory">Because the kernel kills it for its memory.</param>
    public void Crash(int exitCode, bool outOfMemory = false)
    {
        lock (gate)
        {
            foreach (var entry in outOfMemory ? Runners : [])
            {
                entry.Seen = entry.Seen with { OutOfMemory = true };
                Remember(entry, EngineDoing.OutOfMemory);
            }

            EndAll(exitCode);
        }
    }

    /// <summary>The engine itself starts again what ended, as a restart policy says.</summary>
    /// <param name="restarts">How often it has done so.</param>
    public void StartAgain(int restarts)
    {
        lock (gate)
        {
            foreach (var entry in containers.Values.Where(entry => entry.Seen is { Runs: false, StartedAt: not null }))
            {
                entry.Seen = entry.Seen with { Runs = true, StartedAt = clock.GetUtcNow().AddTicks(1), Restarts = restarts, OutOfMemory = false };
                Remember(entry, EngineDoing.Started);
            }
        }
    }

    /// <summary>So much else happens that it remembers none of what it did.</summary>
    public bool Forgot { get; set; }

    public Task PingAsync(CancellationToken cancellationToken) => DoAsync(() => { });

    public Task<bool> RunsUsAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<SeenContainer?> FindAsync(string name, CancellationToken cancellationToken) => AskAsync(() => Of(name)?.Seen);

    public Task<EngineMemory> RememberAsync(string container, DateTimeOffset until, CancellationToken cancellationToken) => AskAsync(() => new EngineMemory(
        [.. memory.Where(one => one.Container == container && !Forgot).Select(one => one.Doing)], !Forgot));

    public Task<IReadOnlyList<SeenContainer>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<SeenContainer>>(() => [.. containers.Values.Select(entry => entry.Seen).Where(seen => labels.All(label => Has(seen, label)))]);

    public Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels) => DoAsync(() => Volumes.Add(name));

    public Task RemoveVolumeAsync(string name) => DoAsync(() =>
    {
        if (containers.Values.Any(entry => entry.Spec.HostConfig!.Mounts!.Any(mount => mount.Source == name)))
        {
            throw new EngineException(EngineFailure.Conflict, $"volume {name} is in use");
        }

        Volumes.Remove(name);
    });

    public Task MakeAsync(string name, ContainerSpec spec) => DoAsync(() =>
        containers.TryAdd(name, new Entry(spec, new SeenContainer(name + "-id", name, spec.Labels!, Runs: false))));

    public Task StartAsync(string name) => DoAsync(() =>
    {
        var entry = containers.GetValueOrDefault(name) ?? throw new EngineException(EngineFailure.NotFound, $"no such container: {name}");
        if (entry.Seen.Runs)
        {
            return;
        }

        HadTwoWriters |= containers.Values.Any(other => other.Seen.Runs);
        entry.Seen = entry.Seen with { Runs = true, Pid = ++pids, StartedAt = clock.GetUtcNow(), Restarts = 0, OutOfMemory = false };
        Remember(entry, EngineDoing.Started);
        entry.Ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (entry.Spec.Image == "boot")
        {
            End(entry, 1);
        }
    });

    public Task SignalAsync(string name, string signal) => DoAsync(() =>
    {
        if (containers.TryGetValue(name, out var entry) && entry.Seen.Runs)
        {
            Remember(entry, EngineDoing.Signalled);
            End(entry, 143);
        }
    });

    public async Task EndOfAsync(string name, CancellationToken cancellationToken) =>
        await (await AskAsync(() => containers.GetValueOrDefault(name)?.Ended?.Task ?? Task.CompletedTask)).WaitAsync(cancellationToken);

    public Task RemoveAsync(string name) => DoAsync(() =>
    {
        if (containers.Remove(name, out var entry) && entry.Seen.Runs)
        {
            Remember(entry, EngineDoing.Signalled);
            End(entry, 137);
        }
    });

    public async Task CopyLogsAsync(string name, Stream destination, CancellationToken cancellationToken)
    {
        if (await AskAsync(() => containers.GetValueOrDefault(name)) is { } entry)
        {
            await destination.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"starting {entry.Spec.Image}\n"), cancellationToken);
        }
    }

    public Task<ContainerFile?> StatAsync(string name, string path, CancellationToken cancellationToken) =>
        AskAsync(() => containers.GetValueOrDefault(name) is { Spec.Image: not "sick", Seen.Runs: true } ? new ContainerFile("alive", 0, clock.GetUtcNow(), "") : null);

    public Task<string> MakeCommandAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken) => throw Unused();

    public Task<ContainerOutput> RunCommandAsync(string command, int bytes, CancellationToken cancellationToken) => throw Unused();

    public Task<CommandState?> CommandAsync(string command, CancellationToken cancellationToken) => throw Unused();

    private static InvalidOperationException Unused() => new("no probe of these tests is a command");

    private static bool Has(SeenContainer seen, string label) =>
        label.Split('=') is [var name, .. var value] && seen.Labels.TryGetValue(name, out var found) && (value.Length == 0 || value[0] == found);

    private IReadOnlyList<Entry> Runners => [.. containers.Values.Where(entry => entry.Seen.Runs)];

    private Entry? Of(string container) => containers.GetValueOrDefault(container) ?? containers.Values.FirstOrDefault(entry => entry.Seen.Id == container);

    private void EndAll(int exitCode)
    {
        foreach (var entry in Runners)
        {
            End(entry, exitCode);
        }
    }

    private void End(Entry entry, int exitCode)
    {
        entry.Seen = entry.Seen with { Runs = false, ExitCode = exitCode };
        Remember(entry, EngineDoing.Ended, exitCode);
        entry.Ended!.TrySetResult();
    }

    private void Remember(Entry entry, string action, int? exitCode = null) =>
        memory.Add((entry.Seen.Id, new EngineDoing(action, clock.GetUtcNow()) { ExitCode = exitCode }));

    private Task DoAsync(Action action) => AskAsync(() =>
    {
        action();
        return true;
    });

    private Task<T> AskAsync<T>(Func<T> question)
    {
        lock (gate)
        {
            return Answers ? Task.FromResult(question()) : throw new HostAwayException("the engine does not answer.", new IOException());
        }
    }

    private sealed class Entry(ContainerSpec spec, SeenContainer seen)
    {
        public ContainerSpec Spec => spec;

        public SeenContainer Seen { get; set; } = seen;

        public TaskCompletionSource? Ended { get; set; }
    }
}
