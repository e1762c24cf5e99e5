using System.Collections.Immutable;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment;

/// <summary>A machine whose processes are entries in a table. It outlives Moss, and refuses a second writer.</summary>
internal sealed class FakeMachine(TimeProvider clock) : IInstanceHost
{
    public const string Heartbeat = "alive";

    private readonly Lock gate = new();
    private readonly Dictionary<string, (InstanceLaunch Launch, InstanceProcess Process, TaskCompletionSource Ended)> running = new(StringComparer.Ordinal);
    private int pids = 1_000_000_000;

    /// <summary>Commits of what lives.</summary>
    public ImmutableArray<string> Running
    {
        get
        {
            lock (gate)
            {
                return [.. running.Values.Select(entry => entry.Launch.Instance.Version.Commit)];
            }
        }
    }

    /// <summary>True when two instances ever lived at once.</summary>
    public bool HadTwoWriters { get; private set; }

    public int Starts { get; private set; }

    /// <summary>Commits that come up and are not healthy any more, though they were.</summary>
    public HashSet<string> Spoilt { get; } = new(StringComparer.Ordinal);

    public void KillAll()
    {
        lock (gate)
        {
            foreach (var marker in running.Keys.ToList())
            {
                End(marker);
            }
        }
    }

    public bool HasEngine => false;

    public Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) => Task.FromResult(first);

    public Task<string?> MakeAsync(InstanceLaunch launch) => Task.FromResult<string?>(null);

    public Task ArmAsync(Instance instance) => Task.CompletedTask;

    /// <summary>How often it is away before it can be asked about instances again.</summary>
    public int Away { get; set; }

    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        Away = 0;
        return Task.CompletedTask;
    }

    /// <summary>Whenever it is asked whether something lives.</summary>
    public Action Asked { get; set; } = () => { };

    public Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken)
    {
        Asked();
        lock (gate)
        {
            return Away-- > 0 ? throw new HostAwayException("the engine is away.", new IOException()) : Task.FromResult(running.ContainsKey(instance.Marker));
        }
    }

    public Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(running.TryGetValue(instance.Marker, out var entry) ? entry.Process : null);
        }
    }

    public Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<InstanceStart> StartAsync(InstanceLaunch launch)
    {
        lock (gate)
        {
            Starts++;
            HadTwoWriters |= running.Count > 0;
            var process = new InstanceProcess(pids++, 1, "boot");
            running.Add(launch.Instance.Marker, (launch, process, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            if (File.Exists(Path.Combine(launch.Tree, "boot")))
            {
                End(launch.Instance.Marker);
            }
            else if (!File.Exists(Path.Combine(launch.Tree, "sick")) && !Spoilt.Contains(launch.Instance.Version.Commit))
            {
                var heartbeat = Path.Combine(launch.StateFolder, Heartbeat);
                File.WriteAllText(heartbeat, "");
                File.SetLastWriteTimeUtc(heartbeat, clock.GetUtcNow().UtcDateTime);
            }

            return Task.FromResult<InstanceStart>(new InstanceStart.Running(process));
        }
    }

    public Task StopAsync(Instance instance, InstanceProcess? known)
    {
        lock (gate)
        {
            End(instance.Marker);
        }

        return Task.CompletedTask;
    }

    public Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken) => Task.FromResult("");

    public Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ForgetStateAsync(string substrate, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return running.Values.FirstOrDefault(entry => entry.Process == process).Ended?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    private void End(string marker)
    {
        if (running.Remove(marker, out var entry))
        {
            entry.Ended.SetResult();
        }
    }
}
