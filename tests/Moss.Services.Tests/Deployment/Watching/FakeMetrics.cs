using Moss.Deployment.Watching;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>Counters of production, as a test sets them.</summary>
internal sealed class FakeMetrics : IMetricSource
{
    private double failures = 12;
    private double total = 340;

    /// <summary>Why nothing can be read; null when it can.</summary>
    public string? Away { get; set; }

    public int Reads { get; private set; }

    /// <summary>So many outcomes happen.</summary>
    public void Happen(int failed, int outcomes) => (failures, total) = (failures + failed, total + outcomes);

    /// <summary>What counts is started again.</summary>
    public void BeginAnew() => (failures, total) = (0, 0);

    public Task<IReadOnlyList<MetricReading>> ReadAsync(WatchTerms terms, CancellationToken cancellationToken)
    {
        Reads++;
        MetricReading reading = Away is { } reason ? new MetricReading.Unknown(reason) : new MetricReading.Counted(failures, total);
        return Task.FromResult<IReadOnlyList<MetricReading>>([.. terms.Metrics.Select(_ => reading)]);
    }
}
