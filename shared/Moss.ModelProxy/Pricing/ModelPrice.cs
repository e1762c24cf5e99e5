using Moss.ModelProxy.Metering;

namespace Moss.ModelProxy.Pricing;

/// <summary>What a model costs, in US dollars per million tokens.</summary>
/// <param name="In">Read.</param>
/// <param name="CachedIn">Read from a cache.</param>
/// <param name="CacheWrite">Read and written to a cache.</param>
/// <param name="Out">Written.</param>
/// <param name="Known">False when the list has no such model, and this is a guess on the dear side.</param>
internal sealed record ModelPrice(decimal In, decimal CachedIn, decimal CacheWrite, decimal Out, bool Known)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What a call cost.</summary>
    public decimal Of(TokenUse use)
    {
        var cached = Math.Min(use.CachedIn, use.In);
        var written = Math.Min(use.CacheWrite, use.In - cached);
        return ((cached * CachedIn) + (written * CacheWrite) + ((use.In - cached - written) * In) + (use.Out * Out)) / Million;
    }

    /// <summary>What a call can cost: nothing of it from a cache, all of it written to one.</summary>
    public decimal AtMost(long tokensIn, long tokensOut) => ((tokensIn * Math.Max(In, CacheWrite)) + (tokensOut * Out)) / Million;
}
