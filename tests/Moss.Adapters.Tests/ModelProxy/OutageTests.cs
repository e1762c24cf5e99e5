using Moss.ModelProxy;
using Moss.Testing.Models;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>Whether the upstream was to be had, as a lease tells it.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private ProxyBench bench = null!;

    public async Task InitializeAsync() => bench = await ProxyBench.StartAsync("openai-chat", ("Moss:Models:stub:Silence", "00:00:00.2"));

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData(401, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(529, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    public async Task A_refusal_for_everybody_is_an_outage_and_a_complaint_about_the_request_is_none(int status, bool outage)
    {
        bench.Model.Answer = (_, response) => response.Json("{}", status);
        var lease = await AskAsync();

        (lease.Outage?.Status).ShouldBe(outage ? status : null);
    }

    [Fact]
    public async Task It_is_over_with_the_next_answer()
    {
        bench.Model.Answer = (_, response) => response.Json("{}", 503);
        var lease = await AskAsync();
        bench.Model.Answer = (_, response) => response.Json(StubAnswers.Chat());
        await AskAsync(lease);

        lease.Outage.ShouldBeNull();
    }

    [Fact]
    public async Task How_long_it_wants_to_be_left_alone_is_kept()
    {
        bench.Model.Answer = (_, response) =>
        {
            response.Headers.RetryAfter = "30";
            return response.Json("{}", 429);
        };

        (await AskAsync()).Outage!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Silence_is_an_outage()
    {
        bench.Model.Answer = (_, response) => response.HangAsync();

        (await AskAsync()).Outage!.Status.ShouldBe(504);
    }

    [Fact]
    public async Task Waiting_for_an_outage_ends_when_one_has_lasted_and_not_while_the_model_answers()
    {
        using var enough = new CancellationTokenSource();
        var lease = await AskAsync();
        var waiting = lease.WaitForOutageAsync(TimeSpan.FromMilliseconds(1), enough.Token);
        waiting.IsCompleted.ShouldBeFalse();

        bench.Model.Answer = (_, response) => response.Json("{}", 500);
        await AskAsync(lease);
        await waiting;

        bench.Model.Answer = (_, response) => response.Json(StubAnswers.Chat());
        await AskAsync(lease);
        var again = lease.WaitForOutageAsync(TimeSpan.FromMilliseconds(1), enough.Token);
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(again);
    }

    private async Task<IModelLease> AskAsync(IModelLease? known = null)
    {
        var lease = known ?? await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);
        using var answer = await client.PostAsync("/v1/chat/completions", ProxyBench.Chat());
        await lease.SettleAsync(CancellationToken.None);
        return lease;
    }
}
