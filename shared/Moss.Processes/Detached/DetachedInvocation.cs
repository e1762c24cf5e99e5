using System.Collections.Immutable;

namespace Moss.Processes;

/// <summary>A service to start that outlives the process that starts it.</summary>
/// <param name="Program">File name or path; looked up on PATH when it has no slash.</param>
/// <param name="Arguments">One entry an argument.</param>
/// <param name="WorkingDirectory">Must exist.</param>
/// <param name="LogFile">Takes standard output and standard error; appended to, created when missing. Its folder must exist.</param>
public sealed record DetachedInvocation(string Program, ImmutableArray<string> Arguments, string WorkingDirectory, string LogFile)
{
    /// <summary>The whole environment. Put a marker of your own in it to find the service again with <see cref="ProcessTable.StartedWith"/>.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>What became of starting a service.</summary>
public abstract record DetachedStart
{
    private DetachedStart() { }

    /// <summary>It runs, in a session of its own.</summary>
    public sealed record Started(ProcessIdentity Identity) : DetachedStart;

    /// <summary>Nothing runs.</summary>
    public sealed record NotStarted(string Reason) : DetachedStart;
}
