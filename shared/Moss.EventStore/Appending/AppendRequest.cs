namespace Moss.EventStore.Appending;

/// <summary>Events that one caller wants at the end of one stream, all or none.</summary>
internal sealed record AppendRequest(StreamId Stream, ExpectedVersion Expected, IReadOnlyList<EncodedEvent> Events);

/// <summary>What became of a request.</summary>
internal abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <summary>The version that the caller is told, or the reason why there is none, thrown.</summary>
    public abstract long VersionOrThrow();

    public sealed record Accepted(IReadOnlyList<EventRow> Rows, StreamHead Head) : AppendOutcome
    {
        public override long VersionOrThrow() => Head.Version;
    }

    /// <summary>All of it was stored by an earlier call.</summary>
    public sealed record Repeated(long LastVersion) : AppendOutcome
    {
        public override long VersionOrThrow() => LastVersion;
    }

    public sealed record Refused(Exception Reason) : AppendOutcome
    {
        public override long VersionOrThrow() => throw Reason;
    }
}
