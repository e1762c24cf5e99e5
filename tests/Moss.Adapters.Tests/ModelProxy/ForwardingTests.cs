using System.Net;
using System.Text.Json.Nodes;
using Moss.ModelProxy;
using Moss.Testing.Models;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>What gets through to the upstream and back, and what does not.</summary>
public sealed class ForwardingTests
{
    private const string ChatPath = "/v1/chat/completions";

    [Fact]
    public async Task A_call_reaches_the_upstream_with_the_real_key_in_the_place_of_the_token()
    {
        await using var bench = await ProxyBench.StartAsync();
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);
        client.DefaultRequestHeaders.Add("Cookie", "a=b");
        client.DefaultRequestHeaders.Add("X-Api-Key", lease.Token);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "10.0.0.1");
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        client.DefaultRequestHeaders.Add("X-Stainless-Lang", "js");

        var answer = await client.PostAsync(ChatPath + "?beta=true&key=stolen", ProxyBench.Chat());

        (await answer.Content.ReadAsStringAsync()).ShouldBe(StubAnswers.Chat());
        var request = bench.Model.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/v1/chat/completions?beta=true");
        request.Headers["Authorization"].ShouldBe($"Bearer {ProxyBench.RealKey}");
        request.Headers["Host"].ShouldBe(new Uri(bench.Model.Address).Authority);
        request.Headers["X-Stainless-Lang"].ShouldBe("js");
        request.Headers.Keys.ShouldNotContain(name => name == "Cookie" || name == "X-Api-Key" || name == "X-Forwarded-For" || name == "Accept-Encoding");
        request.Headers.Values.ShouldNotContain(value => value.Contains(lease.Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("anthropic", "/v1/messages", "x-api-key")]
    [InlineData("gemini", "/v1beta/models/m:generateContent", "x-goog-api-key")]
    public async Task Every_protocol_has_its_own_header_for_the_key(string protocol, string path, string header)
    {
        await using var bench = await ProxyBench.StartAsync(protocol);
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);
        client.DefaultRequestHeaders.Remove("Authorization");
        client.DefaultRequestHeaders.Add(header, lease.Token);

        (await client.PostAsync(path, ProxyBench.Json("""{"model":"m","max_tokens":5}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var request = bench.Model.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe(path);
        request.Headers[header].ShouldBe(ProxyBench.RealKey);
        request.Headers.Keys.ShouldNotContain("Authorization");
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Without_the_token_nothing_is_forwarded(string token)
    {
        await using var bench = await ProxyBench.StartAsync();
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease, token);

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await CodeAsync(answer)).ShouldBe("wrong_token");
        bench.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_token_of_another_job_is_none()
    {
        await using var bench = await ProxyBench.StartAsync();
        var (one, other) = (await bench.OpenAsync(), await bench.OpenAsync());
        using var client = ProxyBench.Client(one, other.Token);

        (await client.PostAsync(ChatPath, ProxyBench.Chat())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/v1/files")]
    [InlineData("/chat/completions")]
    [InlineData("/v1/%2e%2e/v1/files")]
    [InlineData("/v1/chat%2Fcompletions")]
    [InlineData("http://elsewhere.example/v1/files")]
    public async Task What_is_not_allowed_is_refused_with_what_to_do(string path)
    {
        await using var bench = await ProxyBench.StartAsync();
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(path, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Moss:Models:stub:Paths");
        bench.Model.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not json", 400, "malformed_request")]
    [InlineData("[]", 400, "malformed_request")]
    [InlineData("""{"model":"cheap","model":"dear"}""", 400, "malformed_request")]
    [InlineData("""{"model":"m","messages":[{"content":[{"image_url":{"url":"https://evil.example"}}]}]}""", 403, "tool_not_allowed")]
    public async Task A_request_that_cannot_be_understood_is_refused(string body, int status, string code)
    {
        await using var bench = await ProxyBench.StartAsync();
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(ChatPath, ProxyBench.Json(body));

        ((int)answer.StatusCode).ShouldBe(status);
        (await CodeAsync(answer)).ShouldBe(code);
        bench.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_that_is_not_utf_8_is_refused()
    {
        await using var bench = await ProxyBench.StartAsync();
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(ChatPath, new ByteArrayContent([.. "{\"model\":\""u8, 0xff, 0xfe, .. "\"}"u8]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_is_too_large_is_refused(bool chunked)
    {
        await using var bench = await ProxyBench.StartAsync("openai-chat", ("Moss:Models:stub:LargestRequest", "2048"));
        using var client = ProxyBench.Client(await bench.OpenAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, ChatPath) { Content = ProxyBench.Json($$"""{"x":"{{new string('x', 4096)}}"}""") };
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        bench.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_comes_through_as_it_is_written()
    {
        await using var bench = await ProxyBench.StartAsync();
        var second = new TaskCompletionSource();
        bench.Model.Answer = async (_, response) =>
        {
            await response.Events().SendAsync("data: {\"first\":1}\n\n");
            await second.Task;
            await response.SendAsync("data: {\"second\":2}\n\n");
        };
        using var client = ProxyBench.Client(await bench.OpenAsync());

        using var request = new HttpRequestMessage(HttpMethod.Post, ChatPath) { Content = ProxyBench.Chat(stream: true) };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe("data: {\"first\":1}");
        second.SetResult();
        (await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20))).ShouldContain("second");
        JsonNode.Parse(bench.Model.Requests[0].Body)!["stream_options"]!["include_usage"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_error_of_the_upstream_comes_through_and_costs_nothing()
    {
        await using var bench = await ProxyBench.StartAsync();
        bench.Model.Answer = (_, response) => response.Json("""{"error":{"message":"overloaded"}}""", 500);
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("overloaded");
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.Dollars.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_upstream_says_of_a_wrong_key_is_kept_from_the_job()
    {
        await using var bench = await ProxyBench.StartAsync();
        bench.Model.Answer = (_, response) => response.Json($$"""{"error":"wrong key {{ProxyBench.RealKey}}"}""", 401);
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldNotContain(ProxyBench.RealKey);
        body.ShouldContain("upstream_key");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_not_passed_on()
    {
        await using var bench = await ProxyBench.StartAsync();
        bench.Model.Answer = (_, response) =>
        {
            response.Redirect("http://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        };
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        answer.Headers.Location.ShouldBeNull();
        (await CodeAsync(answer)).ShouldBe("upstream_redirects");
    }

    [Fact]
    public async Task Cookies_of_the_upstream_are_kept_from_the_job()
    {
        await using var bench = await ProxyBench.StartAsync();
        bench.Model.Answer = (_, response) =>
        {
            response.Headers.SetCookie = "session=1";
            response.Headers["openai-organization"] = "acme";
            response.Headers["x-request-id"] = "r1";
            return response.Json(StubAnswers.Chat());
        };
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.Headers.Select(header => header.Key).ShouldBe(["Date", "Server", "X-Request-ID", "Transfer-Encoding"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_upstream_that_hangs_is_given_up()
    {
        await using var bench = await ProxyBench.StartAsync("openai-chat", ("Moss:Models:stub:Silence", "00:00:00.2"));
        bench.Model.Answer = (_, response) => response.HangAsync();
        using var client = ProxyBench.Client(await bench.OpenAsync());

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await CodeAsync(answer)).ShouldBe("upstream_silent");
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_costs_nothing()
    {
        await using var bench = await ProxyBench.StartAsync("openai-chat", ("Moss:Models:stub:Address", "http://127.0.0.1:1/v1"));
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);

        var answer = await client.PostAsync(ChatPath, ProxyBench.Chat());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await CodeAsync(answer)).ShouldBe("upstream_away");
        lease.Spending.ShouldBe(ModelSpending.Nothing);
    }

    [Fact]
    public async Task A_lease_that_is_disposed_listens_no_more()
    {
        await using var bench = await ProxyBench.StartAsync();
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);
        (await client.PostAsync(ChatPath, ProxyBench.Chat())).EnsureSuccessStatusCode();

        await lease.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync(ChatPath, ProxyBench.Chat()));
        File.Exists(lease.SocketPath).ShouldBeFalse();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<string>();
}
