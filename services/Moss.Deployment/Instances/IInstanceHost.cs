using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances;

/// <summary>
/// Runs instances so that they outlive Moss. Each is told by its marker, so that every call may be made again by a process that
/// knows nothing but the journal. Every call may fail with <see cref="HostAwayException"/>.
/// </summary>
internal interface IInstanceHost
{
    /// <summary>Whether instances run on an engine that may go away and come back.</summary>
    bool HasEngine { get; }

    /// <summary>Completes when instances can be run at all; nothing else is done then.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>Whether anything that belongs to the instance lives.</summary>
    Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken);

    /// <summary>The instance's own process, found by its marker; null when nothing of it lives.</summary>
    Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken);

    /// <summary>Who else listens on the port, for people; null when nobody does, or the instance itself.</summary>
    Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken);

    /// <summary>Whether one that should serve and does not live is Moss's to start again.</summary>
    /// <param name="instance">Which.</param>
    /// <param name="first">True at the start of this process and when the engine came back, when nobody knows how it ended.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken);

    /// <summary>Makes what can be made of it while another one serves; nothing is started. Null, or why it cannot be.</summary>
    Task<string?> MakeAsync(InstanceLaunch launch);

    /// <summary>From now on the machine treats it as its owner wished, whoever serves in its place.</summary>
    Task ArmAsync(Instance instance);

    /// <summary>Starts it. Only while nothing of it lives.</summary>
    Task<InstanceStart> StartAsync(InstanceLaunch launch);

    /// <summary>Stops everything that belongs to it: TERM, KILL after its grace. Fine when nothing lives.</summary>
    /// <exception cref="IOException">Something of it could not be stopped.</exception>
    Task StopAsync(Instance instance, InstanceProcess? known);

    /// <summary>Completes when the process has ended, or cannot be watched any more.</summary>
    Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken);

    /// <summary>The end of what the instance printed, up to so many bytes; empty when there is nothing.</summary>
    Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken);

    /// <summary>Removes what earlier instances of the substrate left behind; never their state.</summary>
    /// <param name="substrate">Whose lock is held, and of which nothing is being started or promoted.</param>
    /// <param name="current">What is kept as it is; null for nothing.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken);

    /// <summary>Removes the state of a substrate of which nothing runs. Fine when there is none.</summary>
    Task ForgetStateAsync(string substrate, CancellationToken cancellationToken);
}

/// <summary>What became of a start.</summary>
internal abstract record InstanceStart
{
    private InstanceStart() { }

    internal sealed record Running(InstanceProcess Process) : InstanceStart;

    internal sealed record Refused(string Reason) : InstanceStart;
}

/// <summary>Nothing can be said or done about instances for now: the engine that runs them does not answer.</summary>
internal sealed class HostAwayException(string message, Exception inner) : IOException(message, inner);
