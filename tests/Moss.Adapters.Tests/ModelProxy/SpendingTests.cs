using System.Net;
using System.Text.Json.Nodes;
using Moss.ModelProxy;
using Moss.Testing.Models;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>Every call is paid for, and none is let through that could pass the ceiling.</summary>
public sealed class SpendingTests
{
    private const string ChatPath = "/v1/chat/completions";

    [Theory]
    [InlineData("openai-chat", ChatPath)]
    [InlineData("openai-responses", "/v1/responses")]
    [InlineData("anthropic", "/v1/messages")]
    [InlineData("gemini", "/v1beta/models/m:streamGenerateContent?alt=sse")]
    public async Task What_a_stream_used_is_known_when_it_has_ended(string protocol, string path)
    {
        await using var bench = await ProxyBench.StartAsync(protocol);
        bench.Model.Answer = (_, response) => response.Events().SendAsync(Stream(protocol));
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);

        var answer = await client.PostAsync(path, ProxyBench.Json("""{"model":"m","max_tokens":100,"stream":true}"""));

        (await answer.Content.ReadAsStringAsync()).ShouldBe(Stream(protocol));
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.ShouldBe(new ModelSpending(((800 * 10) + (200 * 1) + (50 * 100)) / 1_000_000m, 1000, 50, 1, 0, Estimated: false, Unpriced: false) { Model = "m" });
    }

    [Theory]
    [InlineData("openai-chat", ChatPath, "insufficient_quota", "type")]
    [InlineData("openai-responses", "/v1/responses", "insufficient_quota", "type")]
    [InlineData("anthropic", "/v1/messages", "billing_error", "type")]
    [InlineData("gemini", "/v1beta/models/m:generateContent", "RESOURCE_EXHAUSTED", "status")]
    public async Task A_call_that_could_pass_the_ceiling_is_refused_in_its_own_language(string protocol, string path, string word, string field)
    {
        await using var bench = await ProxyBench.StartAsync(protocol);
        var lease = await bench.OpenAsync(dollars: 0.009m);
        using var client = ProxyBench.Client(lease);

        var answer = await client.PostAsync(path, ProxyBench.Json(
            """{"model":"m","max_tokens":100,"max_output_tokens":100,"generationConfig":{"maxOutputTokens":100}}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!;
        error[field]!.GetValue<string>().ShouldBe(word);
        error["message"]!.GetValue<string>().ShouldContain("budget of this stage of the evolution is used up");
        bench.Model.Requests.ShouldBeEmpty();
        lease.Spending.ShouldBe(ModelSpending.Nothing with { Refused = 1 });
    }

    [Fact]
    public async Task Calls_go_through_until_the_next_one_could_pass_the_ceiling()
    {
        await using var bench = await ProxyBench.StartAsync();
        var lease = await bench.OpenAsync(dollars: 0.045m);
        using var client = ProxyBench.Client(lease);
        var statuses = new List<HttpStatusCode>();

        for (var call = 0; call < 5; call++)
        {
            statuses.Add((await client.PostAsync(ChatPath, ProxyBench.Chat(most: 100))).StatusCode);
            await lease.SettleAsync(CancellationToken.None);
        }

        // 1.32 cents each, and a little over 1 cent set aside before.
        statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.PaymentRequired, HttpStatusCode.PaymentRequired]);
        lease.Spending.Dollars.ShouldBe(3 * 0.0132m);
        lease.Spending.Refused.ShouldBe(2);
    }

    [Fact]
    public async Task Calls_at_once_cannot_pass_the_ceiling_together()
    {
        await using var bench = await ProxyBench.StartAsync();
        var all = new TaskCompletionSource();
        bench.Model.Answer = async (_, response) =>
        {
            await all.Task;
            await response.Json(StubAnswers.Chat(tokensIn: 200, tokensOut: 100));
        };
        var lease = await bench.OpenAsync(dollars: 0.0352m);
        using var client = ProxyBench.Client(lease);

        var calls = Enumerable.Range(0, 12).Select(_ => client.PostAsync(ChatPath, ProxyBench.Chat(most: 100))).ToList();
        var first = await Task.WhenAny(calls);
        (await first).StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        all.SetResult();
        var statuses = (await Task.WhenAll(calls)).Select(answer => answer.StatusCode).ToList();

        statuses.Count(status => status == HttpStatusCode.OK).ShouldBe(3);
        statuses.Count(status => status == HttpStatusCode.PaymentRequired).ShouldBe(9);
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.Dollars.ShouldBeLessThanOrEqualTo(0.0352m);
    }

    [Fact]
    public async Task A_stream_that_writes_more_than_can_be_paid_is_cut_off()
    {
        await using var bench = await ProxyBench.StartAsync();
        var (begun, cut) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        bench.Model.Answer = async (_, response) =>
        {
            using var over = response.HttpContext.RequestAborted.Register(cut.SetResult);
            await response.Events().SendAsync(Written(400));
            await begun.Task;
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
            {
                await response.SendAsync(Written(400));
            }
        };
        var lease = await bench.OpenAsync(dollars: 0.05m);
        using var client = ProxyBench.Client(lease);
        using var request = new HttpRequestMessage(HttpMethod.Post, ChatPath) { Content = ProxyBench.Chat(most: 100, stream: true) };

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        begun.SetResult();
        await Should.ThrowAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(30)));

        await cut.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.Estimated.ShouldBeTrue();
        lease.Spending.Dollars.ShouldBeGreaterThan(0.04m);
        (await client.PostAsync(ChatPath, ProxyBench.Chat(most: 100))).StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off_at_its_length()
    {
        await using var bench = await ProxyBench.StartAsync("openai-chat", ("Moss:Models:stub:LongestAnswer", "100000"));
        bench.Model.Answer = async (_, response) =>
        {
            response.Events();
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
            {
                await response.SendAsync($": {new string('x', 4000)}\n\n");
            }
        };
        using var client = ProxyBench.Client(await bench.OpenAsync());

        await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync(ChatPath, ProxyBench.Chat(stream: true)).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_pays_for_what_was_written()
    {
        await using var bench = await ProxyBench.StartAsync();
        bench.Model.Answer = async (_, response) =>
        {
            await response.Events().SendAsync(Written(400));
            await response.HangAsync();
        };
        var lease = await bench.OpenAsync();
        using (var client = ProxyBench.Client(lease))
        using (var request = new HttpRequestMessage(HttpMethod.Post, ChatPath) { Content = ProxyBench.Chat(most: 1000, stream: true) })
        using (var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            await reader.ReadLineAsync();
        }

        await lease.SettleAsync(CancellationToken.None);

        lease.Spending.Estimated.ShouldBeTrue();
        lease.Spending.TokensOut.ShouldBe(100);
    }

    [Fact]
    public async Task A_client_that_goes_away_before_the_answer_pays_what_was_set_aside()
    {
        await using var bench = await ProxyBench.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Model.Answer = (_, response) =>
        {
            asked.SetResult();
            return response.HangAsync();
        };
        var lease = await bench.OpenAsync(dollars: 0.05m);
        using var client = ProxyBench.Client(lease);
        using var away = new CancellationTokenSource();

        var call = client.PostAsync(ChatPath, ProxyBench.Chat(most: 400), away.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await away.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await lease.SettleAsync(CancellationToken.None);

        lease.Spending.Dollars.ShouldBeGreaterThan(0.04m);
        lease.Spending.Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task A_disposed_lease_has_settled_its_calls()
    {
        await using var bench = await ProxyBench.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Model.Answer = (_, response) =>
        {
            asked.SetResult();
            return response.HangAsync();
        };
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);
        var call = client.PostAsync(ChatPath, ProxyBench.Chat(most: 400));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await lease.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(() => call);
        lease.Spending.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_model_without_a_price_is_marked()
    {
        await using var bench = await ProxyBench.StartAsync();
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);

        await client.PostAsync(ChatPath, ProxyBench.Json("""{"model":"unheard-of","max_tokens":10}"""));
        await lease.SettleAsync(CancellationToken.None);

        lease.Spending.Unpriced.ShouldBeTrue();
        lease.Spending.Estimated.ShouldBeTrue();
        lease.Spending.Dollars.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_costs_nothing_is_not_counted()
    {
        await using var bench = await ProxyBench.StartAsync("anthropic");
        bench.Model.Answer = (_, response) => response.Json("""{"input_tokens":7}""");
        var lease = await bench.OpenAsync(dollars: 0.000001m);
        using var client = ProxyBench.Client(lease);

        (await client.PostAsync("/v1/messages/count_tokens", ProxyBench.Json("""{"model":"m"}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await lease.SettleAsync(CancellationToken.None);

        lease.Spending.Dollars.ShouldBe(0);
    }

    private static string Written(int letters) => """data: {"choices":[{"delta":{"content":"TEXT"}}]}""".Replace("TEXT", new string('x', letters), StringComparison.Ordinal) + "\n\n";

    private static string Stream(string protocol) => protocol switch
    {
        "openai-chat" => StubAnswers.ChatStream(),
        "openai-responses" => StubAnswers.ResponsesStream(),
        "anthropic" => StubAnswers.MessagesStream(),
        _ => StubAnswers.GeminiStream(),
    };
}
