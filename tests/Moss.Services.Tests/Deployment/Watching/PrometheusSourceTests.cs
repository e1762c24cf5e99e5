using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moss.Deployment.Watching;
using Moss.Domain.Watching;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>What a read of metrics makes of whatever may be on the other side.</summary>
public sealed class PrometheusSourceTests
{
    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"17"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1435781451.781,"17"]}}""")]
    public async Task One_number_is_a_number(string body)
    {
        await using var server = Answers(body);

        (await ReadAsync(server)).ShouldBe(new MetricReading.Counted(17, 17));
        server.Asked.ShouldBe(2);
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    [InlineData("-3", -3)]
    public async Task What_is_no_count_is_left_to_whoever_counts(string value, double number)
    {
        await using var server = Answers(Vector($"{{\"metric\":{{}},\"value\":[1,\"{value}\"]}}"));

        (await ReadAsync(server)).ShouldBe(new MetricReading.Counted(number, number));
    }

    [Theory]
    [InlineData("", "is not one of Prometheus")]
    [InlineData("no json", "is not one of Prometheus")]
    [InlineData("[]", "is not one of Prometheus")]
    [InlineData("{}", "is not one of Prometheus")]
    [InlineData("""{"data":{"resultType":"vector","result":{}}}""", "is not one of Prometheus")]
    [InlineData("""{"data":{"resultType":"vector","result":[{"value":[1]}]}}""", "is not one of Prometheus")]
    [InlineData("""{"data":{"resultType":"vector","result":[{"value":[1,17]}]}}""", "is not one of Prometheus")]
    [InlineData("""{"data":{"resultType":"vector","result":[{"value":[1,"many"]}]}}""", "is not one of Prometheus")]
    [InlineData("""{"data":{"resultType":"vector","result":[{"value":[1,null]}]}}""", "is not one of Prometheus")]
    [InlineData("""{"data":{"resultType":"vector","result":[]}}""", "has no result")]
    [InlineData("""{"data":{"resultType":"vector","result":[{"value":[1,"1"]},{"value":[1,"2"]}]}}""", "has 2 results, not one")]
    [InlineData("""{"data":{"resultType":"matrix","result":[]}}""", "is a matrix")]
    public async Task What_is_not_one_number_says_nothing(string body, string reason)
    {
        await using var server = Answers(body);

        (await ReadAsync(server)).ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("500 Internal Server Error")]
    [InlineData("204 No Content")]
    public async Task Every_status_but_200_says_nothing(string status)
    {
        await using var server = RawServer.Status(status);

        (await ReadAsync(server)).ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain($"it answered {status[..3]}");
    }

    [Fact]
    public async Task No_redirect_is_followed()
    {
        await using var elsewhere = Answers(Vector("""{"metric":{},"value":[1,"17"]}"""));
        await using var server = RawServer.Status("302 Found", $"Location: http://127.0.0.1:{elsewhere.Port}/\r\n");

        (await ReadAsync(server)).ShouldBeOfType<MetricReading.Unknown>();

        elsewhere.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_is_not_allowed_is_not_asked()
    {
        await using var server = Answers(Vector("""{"metric":{},"value":[1,"17"]}"""));
        using var source = new PrometheusSource(MetricHostsTests.Hosts("metrics"), TimeProvider.System);

        var reading = (await source.ReadAsync(Terms(Metric(server.Port)), default)).ShouldHaveSingleItem();

        reading.ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain("Moss:Deployment:MetricHosts");
        server.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_hundred_thousand_series_are_read_to_a_bound_and_no_further()
    {
        await using var server = Answers(Vector(string.Join(',', Enumerable.Range(0, 100_000).Select(user => $$"""{"metric":{"user":"u{{user}}"},"value":[1,"1"]}"""))));

        (await ReadAsync(server)).ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain("more than 1048576 bytes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Length: 1073741824\r\n")]
    public async Task An_answer_without_an_end_is_read_to_a_bound_and_no_further(string header)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n"), token);
            while (true)
            {
                await stream.WriteAsync(new byte[8192], token);
            }
        });

        (await ReadAsync(server)).ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain("more than 1048576 bytes");
    }

    [Fact]
    public async Task Endless_headers_say_nothing()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X: {new string('x', 4000)}\r\n"), token);
            }
        });

        (await ReadAsync(server)).ShouldBeOfType<MetricReading.Unknown>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")]
    public async Task A_server_that_stops_in_the_middle_is_given_up_when_its_time_is_over(string beginning)
    {
        var clock = new FakeClock();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async (stream, token) =>
        {
            await SayByteByByteAsync(stream, beginning, token);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });

        var reading = ReadAsync(server, clock);
        await begun.Task;
        reading.IsCompleted.ShouldBeFalse();
        clock.Advance(PrometheusSource.Patience);

        (await reading).ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain("did not answer within 5 s");
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_known()
    {
        var port = FreePorts.Take();

        (await ReadAsync(port, TimeProvider.System)).ShouldBeOfType<MetricReading.Unknown>().Reason.ShouldContain("could not be asked");
    }

    [Fact]
    public async Task The_query_arrives_as_it_was_written()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var asked = new List<string?>();
        app.MapGet("/base/api/v1/query", (string query) =>
        {
            asked.Add(query);
            return Results.Text(Vector("""{"metric":{},"value":[1,"17"]}"""));
        });
        await app.StartAsync();
        using var source = new PrometheusSource(MetricHostsTests.Hosts(), TimeProvider.System);
        var metric = new GuardedMetric("tasks", app.Urls.Single() + "/base/", "sum(failed{job=\"a b\"}) & 1 # ü", "sum(all)");

        (await source.ReadAsync(Terms(metric), default)).ShouldBe([new MetricReading.Counted(17, 17)]);

        asked.ShouldBe([metric.Failures, metric.Total]);
    }

    [Fact]
    public async Task One_metric_that_says_nothing_does_not_keep_the_other_from_counting()
    {
        await using var good = Answers(Vector("""{"metric":{},"value":[1,"17"]}"""));
        await using var bad = Answers("no json");
        using var source = new PrometheusSource(MetricHostsTests.Hosts(), TimeProvider.System);

        var readings = await source.ReadAsync(Terms(Metric(bad.Port), Metric(good.Port)), default);

        readings[0].ShouldBeOfType<MetricReading.Unknown>();
        readings[1].ShouldBe(new MetricReading.Counted(17, 17));
    }

    private static async Task SayByteByByteAsync(NetworkStream stream, string text, CancellationToken token)
    {
        foreach (var letter in Encoding.ASCII.GetBytes(text))
        {
            await stream.WriteAsync(new[] { letter }, token);
        }
    }

    private static RawServer Answers(string body) => RawServer.Says(Http(body));

    private static string Http(string body) => string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static string Vector(string samples) => $$$"""{"status":"success","data":{"resultType":"vector","result":[{{{samples}}}]}}""";

    private static Task<MetricReading> ReadAsync(RawServer server, TimeProvider? clock = null) => ReadAsync(server.Port, clock ?? TimeProvider.System);

    private static async Task<MetricReading> ReadAsync(int port, TimeProvider clock)
    {
        using var source = new PrometheusSource(MetricHostsTests.Hosts(), clock);
        return (await source.ReadAsync(Terms(Metric(port)), default)).ShouldHaveSingleItem();
    }

    private static GuardedMetric Metric(int port) => new("tasks", Url(port), "failed", "all");

    private static WatchTerms Terms(params ImmutableArray<GuardedMetric> metrics) => new(TimeSpan.FromHours(1), new FailureLimits(), metrics);

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
