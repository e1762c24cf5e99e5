using System.Collections.Immutable;
using Moss.ModelProxy.Protocols;

namespace Moss.ModelProxy.Upstreams;

/// <summary>A model server that jobs may ask, checked.</summary>
/// <param name="Name">The word in <c>moss.yaml</c>.</param>
/// <param name="Address">What stands before the paths, as the vendor gives it to clients; without a slash at the end.</param>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Key">Where its key is.</param>
internal sealed record ModelUpstream(string Name, string Address, Protocol Protocol, UpstreamKey Key)
{
    /// <summary>What may be asked of it.</summary>
    public required ImmutableArray<ModelRoute> Routes { get; init; }

    /// <summary>Longest silence before it counts as gone.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Tokens that a call is taken to write when it does not say how many it may.</summary>
    public long AssumedOutput { get; init; } = 8192;

    /// <summary>Bytes of the largest request.</summary>
    public long LargestRequest { get; init; } = 32L * 1024 * 1024;

    /// <summary>Bytes of the longest answer; what goes on after them is cut off.</summary>
    public long LongestAnswer { get; init; } = 64L * 1024 * 1024;

    /// <summary>True when requests may have the provider reach other machines: search, fetch, connectors, files by address.</summary>
    public bool ServerTools { get; init; }
}
