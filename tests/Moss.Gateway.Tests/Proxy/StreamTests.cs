using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;
using Moss.Cli.Api;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Proxy;

/// <summary>Whoever follows an evolution hears each event when it happens.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private const string Path = "/api/evolutions/" + GatewayBench.Id + "/stream";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayBench bench = null!;

    public async Task InitializeAsync()
    {
        bench = await GatewayBench.StartAsync();
        bench.The("orchestrator").On(Path, TellAsync);
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task An_event_arrives_before_the_next_one_happens()
    {
        using var answer = await bench.GetAsync(Path, TestKeys.Read);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using var events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();

        (await events.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeTrue();
        events.Current.EventId.ShouldBe("0");
        heard.SetResult();
        (await events.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeTrue();
        events.Current.EventId.ShouldBe("1");
        (await events.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_moss_command_follows_through_the_gateway_as_it_does_without()
    {
        using var http = MossClient.Connect(bench.Url, TestKeys.Read);
        var versions = new List<long>();

        await foreach (var entry in new MossClient(http).FollowAsync(new Guid(GatewayBench.Id), CancellationToken.None))
        {
            versions.Add(entry.Version);
            heard.TrySetResult();
        }

        versions.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task The_service_learns_that_nobody_listens_any_more()
    {
        var answer = await bench.GetAsync(Path, TestKeys.Read);
        answer.Dispose();

        await left.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_service_is_told_from_where_to_tell()
    {
        heard.SetResult();
        using var answer = await bench.SendAsync(HttpMethod.Get, Path + "?from=7", TestKeys.Read, null, ("Last-Event-ID", "6"));

        var request = bench.The("orchestrator").Requests.ShouldHaveSingleItem();
        request.Target.ShouldEndWith("?from=7");
        request.Header("Last-Event-ID").ShouldBe("6");
    }

    [Fact]
    public async Task A_stream_whose_service_dies_breaks_off_and_does_not_end()
    {
        using var answer = await bench.GetAsync(Path, TestKeys.Read);
        await using var body = await answer.Content.ReadAsStreamAsync();
        using var lines = new StreamReader(body);
        (await lines.ReadLineAsync()).ShouldNotBeNull();

        await bench.The("orchestrator").StopAsync();

        await Should.ThrowAsync<IOException>(lines.ReadToEndAsync().WaitAsync(Patience));
    }

    private async Task TellAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await SayAsync(context, 0);
        context.RequestAborted.Register(() => left.TrySetResult());
        await heard.Task.WaitAsync(context.RequestAborted);
        await SayAsync(context, 1);
    }

    private static async Task SayAsync(HttpContext context, int version)
    {
        await context.Response.WriteAsync($$"""
            id: {{version}}
            data: { "version": {{version}}, "name": "x", "data": {} }


            """.ReplaceLineEndings("\n"));
        await context.Response.Body.FlushAsync();
    }
}
