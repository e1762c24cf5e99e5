using System.Collections.Immutable;
using System.Globalization;
using Moss.Domain.Promotion;
using Moss.Processes;

namespace Moss.Deployment.Instances;

/// <summary>The process target: a detached process in a session of its own, and whatever it starts, told by a marker.</summary>
internal sealed class ProcessInstanceHost(DetachedProcesses processes) : IInstanceHost
{
    /// <summary>A process that starts others while it is stopped is chased this often.</summary>
    private const int StopRounds = 5;

    public bool Lives(Instance instance, InstanceProcess? known) =>
        (known is not null && ProcessTable.IsAlive(Of(known))) || Marked(instance).Count > 0;

    public ImmutableArray<int> ProcessesOf(Instance instance, InstanceProcess? known)
    {
        var marked = Marked(instance).Select(identity => identity.Pid);
        return known is not null && ProcessTable.IsAlive(Of(known)) ? [.. marked.Append(known.Pid).Distinct()] : [.. marked];
    }

    public InstanceProcess? Find(Instance instance) => Marked(instance).MinBy(identity => identity.StartTicks) is { } first
        ? new InstanceProcess(first.Pid, first.StartTicks, first.Boot)
        : null;

    public async Task<InstanceStart> StartAsync(InstanceLaunch launch)
    {
        var command = launch.Deploy.Command;
        var program = command[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(launch.Tree, command[0]) : command[0];
        var invocation = new DetachedInvocation(program, command[1..], launch.Tree, launch.LogFile) { Environment = launch.Environment };
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

    public Task EndOfAsync(InstanceProcess process, CancellationToken cancellationToken) => processes.EndOfAsync(Of(process), cancellationToken);

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
