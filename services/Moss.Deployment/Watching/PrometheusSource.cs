using System.Globalization;
using System.Net;
using System.Text.Json;
using Moss.Domain.Watching;

namespace Moss.Deployment.Watching;

/// <summary>
/// Reads counters over the HTTP API of Prometheus, <c>/api/v1/query</c>. An answer is bounded in time and size, comes from the address that was
/// asked and from no other, and is one number or nothing.
/// </summary>
internal sealed class PrometheusSource(MetricHosts hosts, TimeProvider clock) : IMetricSource, IDisposable
{
    /// <summary>One number needs less; an answer with a series for every user is cut off here.</summary>
    public const int BodyLimit = 1024 * 1024;

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>How long one read may take, both queries together.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<MetricReading>> ReadAsync(WatchTerms terms, CancellationToken cancellationToken) =>
        await Task.WhenAll(terms.Metrics.Select(metric => ReadAsync(metric, cancellationToken)));

    public void Dispose() => client.Dispose();

    private async Task<MetricReading> ReadAsync(GuardedMetric metric, CancellationToken cancellationToken)
    {
        // Whatever was allowed when the watch began: the setting may be another one now.
        if (hosts.WhyNot(metric.Url) is { } refusal)
        {
            return new MetricReading.Unknown(refusal);
        }

        using var limit = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Failures first: what fails between the two queries is then in the total alone, never the other way round.
            var failures = await AskAsync(metric.Url, metric.Failures, both.Token);
            return new MetricReading.Counted(failures, await AskAsync(metric.Url, metric.Total, both.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MetricReading.Unknown($"{metric.Url} did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new MetricReading.Unknown($"{metric.Url} could not be asked: {(broken.InnerException ?? broken).Message}");
        }
        catch (NoNumberException none)
        {
            return new MetricReading.Unknown($"{metric.Url}: {none.Message}");
        }
    }

    private async Task<double> AskAsync(string server, string query, CancellationToken cancellationToken)
    {
        var address = new Uri($"{server.TrimEnd('/')}/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Absolute);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new NoNumberException(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)response.StatusCode} to {query}"));
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(BodyLimit, response.Content.Headers.ContentLength ?? BodyLimit) + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length == buffer.Length
            ? throw new NoNumberException($"the answer to {query} has more than {BodyLimit} bytes; let it sum over its series")
            : PrometheusAnswer.Number(buffer.AsMemory(0, length), query);
    }
}

/// <summary>An answer that is no number; the message says what it is.</summary>
internal sealed class NoNumberException(string message) : Exception(message);

/// <summary>The answers of <c>/api/v1/query</c>.</summary>
internal static class PrometheusAnswer
{
    /// <summary>The one number in it.</summary>
    /// <exception cref="NoNumberException">There is none, or more than one.</exception>
    public static double Number(ReadOnlyMemory<byte> answer, string query)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var data = document.RootElement.GetProperty("data");
            var result = data.GetProperty("result");
            return data.GetProperty("resultType").GetString() switch
            {
                "scalar" => Value(result),
                "vector" when result.GetArrayLength() == 1 => Value(result[0].GetProperty("value")),
                "vector" when result.GetArrayLength() == 0 => throw new NoNumberException($"{query} has no result"),
                "vector" => throw new NoNumberException($"{query} has {result.GetArrayLength()} results, not one; let it sum over them"),
                var kind => throw new NoNumberException($"{query} is a {kind}, not a number at one moment"),
            };
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new NoNumberException($"the answer to {query} is not one of Prometheus");
        }
    }

    // A pair of the time and the number, which is written as text: it may be NaN, +Inf or -Inf.
    private static double Value(JsonElement pair) => pair[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text ?? "", NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
