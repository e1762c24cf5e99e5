namespace Moss.Processes.Launching;

/// <summary>What became of an attempt to start a program.</summary>
internal abstract record StartOutcome
{
    private StartOutcome() { }

    public sealed record Started(Child Child) : StartOutcome;

    public sealed record Refused(string Reason) : StartOutcome;
}
