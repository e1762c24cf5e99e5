using Moss.Domain.Watching;

namespace Moss.Deployment.Watching;

/// <summary>Reads what watches guard.</summary>
internal interface IMetricSource
{
    /// <summary>A reading a metric of the terms, in order, within a bounded time. Nothing is thrown but for a cancelled token.</summary>
    Task<IReadOnlyList<MetricReading>> ReadAsync(WatchTerms terms, CancellationToken cancellationToken);
}
