namespace Moss.Sandboxes;

/// <summary>How a sandboxed run ended.</summary>
public abstract record SandboxResult
{
    private SandboxResult() { }

    /// <summary>Standard output, cut at the limit.</summary>
    public string Output { get; init; } = "";

    /// <summary>Standard error, cut at the limit.</summary>
    public string Error { get; init; } = "";

    /// <summary>True when either stream was longer than the limit.</summary>
    public bool Truncated { get; init; }

    /// <summary>Wall clock from start to end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The command ended by itself; codes above 128 are a signal (137: killed, often by a limit).</summary>
    public sealed record Exited(int Code) : SandboxResult;

    /// <summary>The wall clock ran out; everything inside was killed.</summary>
    public sealed record TimedOut : SandboxResult
    {
        /// <summary>True when it was the silence that took too long, not the whole run.</summary>
        public bool Idle { get; init; }
    }

    /// <summary>The sandbox itself could not be made: says nothing about the command.</summary>
    public sealed record Unavailable(string Reason) : SandboxResult;
}
