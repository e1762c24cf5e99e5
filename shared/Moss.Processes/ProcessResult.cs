namespace Moss.Processes;

/// <summary>How a process ended. Only a bug throws; everything a program can do to us is a value.</summary>
public abstract record ProcessResult
{
    private ProcessResult() { }

    /// <summary>What the program printed, cut at the invocation's limit.</summary>
    public string Output { get; init; } = "";

    /// <summary>What the program printed on standard error, cut at the invocation's limit.</summary>
    public string Error { get; init; } = "";

    /// <summary>True when either stream was longer than the limit.</summary>
    public bool Truncated { get; init; }

    /// <summary>What the program wrote to descriptor 3, where the invocation offered one.</summary>
    public string Report { get; init; } = "";

    /// <summary>Wall clock from start to end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The program ended by itself; codes above 128 are a signal, as shells report it.</summary>
    public sealed record Exited(int Code) : ProcessResult;

    /// <summary>The wall clock ran out and the group was stopped.</summary>
    public sealed record TimedOut : ProcessResult
    {
        /// <summary>True when it was the silence that took too long, not the whole run.</summary>
        public bool Idle { get; init; }
    }

    /// <summary>The program could not be started; nothing ran.</summary>
    public sealed record NotStarted(string Reason) : ProcessResult;
}
