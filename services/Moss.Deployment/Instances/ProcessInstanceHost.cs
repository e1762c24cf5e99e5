using System.Collections.Immutable;
using System.Globalization;
using Moss.Domain.Promotion;
using Moss.Processes;

namespace Moss.Deployment.Instances;

/// <summary>The process target: a detached process in a session of its own, and whatever it starts, told by a marker.</summary>
internal sealed class ProcessInstanceHost(DetachedProcesses processes, DeploymentFolders folders) : IInstanceHost
{
    /// <summary>A process that starts others while it is stopped is chased this often.</summary>
    private const int StopRounds = 5;

    public bool HasEngine => false;

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken) => Task.FromResult(Lives(instance, known));

    public Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken) => Task.FromResult(
        Marked(instance).MinBy(identity => identity.StartTicks) is { } first ? new InstanceProcess(first.Pid, first.StartTicks, first.Boot) : null);

    public Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken) =>
        Task.FromResult(PortTable.HeldByOther(port, ours is null ? [] : ProcessesOf(ours, known)));

    public Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) => Task.FromResult(first);

    public Task<string?> MakeAsync(InstanceLaunch launch) => Task.FromResult<string?>(null);

    public Task ArmAsync(Instance instance) => Task.CompletedTask;

    public async Task<InstanceStart> StartAsync(InstanceLaunch launch)
    {
        var command = launch.Deploy.Command;
        var program = command[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(launch.Tree, command[0]) : command[0];
        var invocation = new DetachedInvocation(program, command[1..], launch.Tree, launch.LogFile)
        {
            Environment = ProcessEnvironment.OfInstance(launch),
        };
        return await processes.StartAsync(invocation) switch
        {
            DetachedStart.Started started => new InstanceStart.Running(
                new InstanceProcess(started.Identity.Pid, started.Identity.StartTicks, started.Identity.Boot)),
            DetachedStart.NotStarted refused => new InstanceStart.Refused(refused.Reason),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        };
    }

    public async Task StopAsync(Instance instance, InstanceProcess? known)
    {
        if (known is not null)
        {
            await processes.StopAsync(Of(known), instance.Grace, CancellationToken.None);
        }

        for (var round = 0; round < StopRounds; round++)
        {
            var left = Marked(instance).Select(GroupOf).OfType<ProcessIdentity>().Distinct().ToList();
            if (left.Count == 0 && !Lives(instance, known))
            {
                return;
            }

            await Task.WhenAll(left.Select(group => processes.StopAsync(group, instance.Grace, CancellationToken.None)));
        }

        if (ProcessesOf(instance, known) is { IsEmpty: false } alive)
        {
            throw new IOException($"processes {string.Join(", ", alive)} of instance {instance.Marker} could not be stopped");
        }
    }

    public Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken) =>
        processes.EndOfAsync(Of(process), cancellationToken);

    public Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken) =>
        Task.FromResult(LogTail.Read(folders.Log(substrate, instance.Marker), bytes));

    public Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ForgetStateAsync(string substrate, CancellationToken cancellationToken)
    {
        folders.ForgetState(substrate);
        return Task.CompletedTask;
    }

    private static bool Lives(Instance instance, InstanceProcess? known) =>
        (known is not null && ProcessTable.IsAlive(Of(known))) || Marked(instance).Count > 0;

    private static ImmutableArray<int> ProcessesOf(Instance instance, InstanceProcess? known)
    {
        var marked = Marked(instance).Select(identity => identity.Pid);
        return known is not null && ProcessTable.IsAlive(Of(known)) ? [.. marked.Append(known.Pid).Distinct()] : [.. marked];
    }

    private static IReadOnlyList<ProcessIdentity> Marked(Instance instance) =>
        ProcessTable.StartedWith(InstanceLaunch.MarkerVariable, instance.Marker);

    private static ProcessIdentity Of(InstanceProcess process) => new(process.Pid, process.StartTicks, process.Boot);

    // Groups are what can be stopped as a whole; the leader of one may be gone while its members live.
    private static ProcessIdentity? GroupOf(ProcessIdentity member)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{member.Pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var group = int.Parse(fields[2], CultureInfo.InvariantCulture);
            return ProcessTable.Identify(group) ?? new ProcessIdentity(group, 0, member.Boot);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
