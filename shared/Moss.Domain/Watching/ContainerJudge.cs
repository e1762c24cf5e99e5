using System.Globalization;

namespace Moss.Domain.Watching;

/// <summary>The container of a watched instance, as its engine knows it.</summary>
/// <param name="Runs">Whether something in it runs.</param>
/// <param name="End">How it ended since Moss started it.</param>
public sealed record ContainerSight(bool Runs, ContainerEnd End)
{
    /// <summary>True when it runs since another moment than the one at which Moss started it.</summary>
    public bool StartedAgain { get; init; }

    /// <summary>How often the engine started it again because it had ended, since somebody started it last; 0 or more.</summary>
    public int Restarts { get; init; }

    /// <summary>True when the kernel ended something in it for its memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>With what it ended last; null when that is not known.</summary>
    public int? ExitCode { get; init; }
}

/// <summary>
/// Tells an end that says something about the version in a container from one that does not: an engine that dies takes its containers with it, and people stop them.
/// </summary>
public static class ContainerJudge
{
    /// <summary>What is seen of the instance; null when it is gone through no fault of its own and is to be started again.</summary>
    /// <param name="sight">Its container.</param>
    /// <param name="repairs">How often the watch has started it again.</param>
    public static InstanceSighting? Rule(ContainerSight sight, int repairs) => sight switch
    {
        { OutOfMemory: true } => Ended($"its container ran out of memory{Code(sight)}: the kernel killed a process in it"),
        { Restarts: > 0 } => Ended($"its container ended{Code(sight)} and the engine started it again, {Times(sight.Restarts)}"),
        { Runs: true, StartedAgain: false } => new InstanceSighting.Lives(),
        { End: ContainerEnd.ByItself } => Ended($"its container ended{Code(sight)}{(sight.Runs ? " and was started again" : "")}"),
        { Runs: true } => new InstanceSighting.Lives(),
        { End: ContainerEnd.WithEngine } => null,
        _ when repairs < WatchJudge.RepairsAtMost => null,
        _ => Ended($"its container was started again by the watch, and stopped{Code(sight)}"),
    };

    private static InstanceSighting.Ended Ended(string detail) => new(detail);

    private static string Code(ContainerSight sight) => sight.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" with exit code {code}") : "";

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
