namespace Moss.ModelProxy.Metering;

/// <summary>What is known about a call while its answer comes in.</summary>
internal sealed record UsageSoFar
{
    /// <summary>All tokens read; null while the upstream has not said.</summary>
    public long? In { get; init; }

    /// <summary>Those of them that came from a cache.</summary>
    public long CachedIn { get; init; }

    /// <summary>Those of them that were written to a cache.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Tokens written as the upstream says; null while it has not.</summary>
    public long? Out { get; init; }

    /// <summary>Bytes of what was written, as far as it has been seen: for estimates.</summary>
    public long TextBytes { get; init; }

    /// <summary>True once the upstream has said what the whole answer used.</summary>
    public bool Whole { get; init; }

    /// <summary>The same as an amount to pay for.</summary>
    /// <param name="requestBytes">Length of the request, which stands for what was read when the upstream has not said.</param>
    public TokenUse Use(long requestBytes) => Whole && In is { } whole
        ? new(whole, CachedIn, CacheWrite, Out ?? 0, Estimated: false)
        : new(In ?? TokenEstimate.Of(requestBytes), CachedIn, CacheWrite, Math.Max(Out ?? 0, TokenEstimate.Of(TextBytes)), Estimated: true);
}

/// <summary>Tokens of one call.</summary>
/// <param name="In">All that were read.</param>
/// <param name="CachedIn">Those of them that came from a cache.</param>
/// <param name="CacheWrite">Those of them that were written to a cache.</param>
/// <param name="Out">All that were written.</param>
/// <param name="Estimated">True when the upstream did not say.</param>
internal sealed record TokenUse(long In, long CachedIn, long CacheWrite, long Out, bool Estimated)
{
    public static TokenUse Nothing { get; } = new(0, 0, 0, 0, Estimated: false);
}
