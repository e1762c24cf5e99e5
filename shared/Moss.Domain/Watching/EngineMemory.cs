using System.Collections.Immutable;

namespace Moss.Domain.Watching;

/// <summary>What a container engine remembers of one container.</summary>
/// <param name="Doings">Oldest first.</param>
/// <param name="Whole">True when it has forgotten nothing since it was started itself.</param>
public sealed record EngineMemory(ImmutableArray<EngineDoing> Doings, bool Whole)
{
    /// <summary>What it remembers from a moment on, such as the start of a run.</summary>
    public EngineMemory Since(DateTimeOffset moment) => this with { Doings = [.. Doings.Where(doing => doing.At >= moment)] };

    /// <summary>True when the kernel ended something in the container for its memory.</summary>
    public bool OutOfMemory => Doings.Any(doing => doing.Action == EngineDoing.OutOfMemory);

    /// <summary>With what the container ended last; null when that is not remembered.</summary>
    public int? ExitCode => Doings.LastOrDefault(doing => doing.Action == EngineDoing.Ended)?.ExitCode;

    /// <summary>
    /// How the container ended, when these are the doings since it was started. Docker says that it kills what somebody stops, and what a daemon that died left
    /// running; before the end of a program that ends by itself it says nothing. An end of what an engine did not start itself may be its own doing.
    /// </summary>
    public ContainerEnd End()
    {
        var (asked, ended, begun) = (false, false, false);
        foreach (var doing in Doings)
        {
            switch (doing)
            {
                case { Action: EngineDoing.Started }:
                    (asked, begun) = (false, true);
                    break;
                case { EndsIt: true }:
                    asked = true;
                    break;
                case { Action: EngineDoing.Ended } when !asked && (begun || !Whole):
                    return ContainerEnd.ByItself;
                case { Action: EngineDoing.Ended }:
                    ended = true;
                    break;
            }
        }

        return WasThereBefore ? ContainerEnd.WithEngine : ended ? ContainerEnd.Stopped : ContainerEnd.NotSeen;
    }

    // It remembers everything, and yet not that the run began.
    private bool WasThereBefore =>
        Whole && Doings.FirstOrDefault(doing => doing.Action is EngineDoing.Started or EngineDoing.Ended) is not { Action: EngineDoing.Started };
}

/// <summary>Something that an engine did with a container, or saw happen to it.</summary>
/// <param name="Action">In Docker's words.</param>
/// <param name="At">When.</param>
public sealed record EngineDoing(string Action, DateTimeOffset At)
{
    /// <summary>It was started.</summary>
    public const string Started = "start";

    /// <summary>A signal was sent to it.</summary>
    public const string Signalled = "kill";

    /// <summary>It ended.</summary>
    public const string Ended = "die";

    /// <summary>The kernel ended something in it for its memory.</summary>
    public const string OutOfMemory = "oom";

    // Signals that programs take for a wish, such as to read their settings again: HUP, USR1, USR2.
    private static readonly ImmutableArray<string> Wishes = ["1", "10", "12"];

    /// <summary>With what it ended; null for everything else.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal; null for everything else.</summary>
    public string? Signal { get; init; }

    /// <summary>True when it was told to end.</summary>
    public bool EndsIt => Action == Signalled && !Wishes.Contains(Signal ?? "");
}

/// <summary>How a container ended, as far as its engine knows.</summary>
public enum ContainerEnd
{
    /// <summary>The engine has seen no end of it.</summary>
    NotSeen,

    /// <summary>What ran in it ended, and nobody had told it to.</summary>
    ByItself,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>The engine itself was started after it.</summary>
    WithEngine,
}
