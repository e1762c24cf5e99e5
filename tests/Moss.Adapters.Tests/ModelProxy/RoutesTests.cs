using System.Text.Json.Nodes;
using Moss.ModelProxy.Calls;
using Moss.ModelProxy.Protocols;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>What may be asked, and what in it.</summary>
public sealed class RoutesTests
{
    [Theory]
    [InlineData("openai-chat", "POST", "/chat/completions")]
    [InlineData("openai-responses", "POST", "/responses")]
    [InlineData("anthropic", "POST", "/v1/messages")]
    [InlineData("gemini", "POST", "/v1beta/models/gemini-2.5-pro:streamGenerateContent")]
    [InlineData("gemini", "GET", "/v1beta/models/gemini-2.5-pro")]
    public void What_a_protocol_needs_is_allowed(string word, string method, string path) => IsAllowed(word, method, path).ShouldBeTrue();

    [Theory]
    [InlineData("openai-chat", "GET", "/chat/completions")]
    [InlineData("openai-chat", "POST", "/files")]
    [InlineData("openai-chat", "POST", "/chat/completions/")]
    [InlineData("openai-chat", "POST", "/../v1/chat/completions")]
    [InlineData("openai-chat", "POST", "//chat/completions")]
    [InlineData("openai-chat", "POST", "/chat/completions?x=1")]
    [InlineData("openai-chat", "GET", "/models/../files")]
    [InlineData("openai-chat", "GET", "/models/..")]
    [InlineData("openai-chat", "GET", "/models/%2e%2e")]
    [InlineData("openai-chat", "GET", "/models/a b")]
    [InlineData("openai-chat", "GET", "/models/\\..\\files")]
    [InlineData("openai-chat", "DELETE", "/models/m")]
    [InlineData("openai-responses", "GET", "/responses/r1")]
    [InlineData("anthropic", "POST", "/v1/messages/batches")]
    [InlineData("anthropic", "POST", "/v1/files")]
    [InlineData("gemini", "POST", "/v1beta/models/m/x:generateContent")]
    [InlineData("gemini", "POST", "/v1beta/models/m:batchGenerateContent")]
    [InlineData("gemini", "POST", "/v1beta/cachedContents")]
    [InlineData("gemini", "POST", "")]
    public void Everything_else_is_not(string word, string method, string path) => IsAllowed(word, method, path).ShouldBeFalse();

    [Theory]
    [InlineData("POST /embeddings", true)]
    [InlineData("GET /models/*", true)]
    [InlineData("PUT /files", false)]
    [InlineData("POST files", false)]
    [InlineData("/files", false)]
    [InlineData("POST /a/../b", false)]
    [InlineData("POST /", false)]
    [InlineData("", false)]
    public void A_route_is_written_as_a_method_and_a_path(string text, bool isRoute) => (ModelRoute.Parse(text) is not null).ShouldBe(isRoute);

    [Theory]
    [InlineData("openai-chat", "/chat/completions", """{"model":"m","max_tokens":10}""", "m", 10L)]
    [InlineData("openai-chat", "/chat/completions", """{"model":"m","max_completion_tokens":20,"max_tokens":10,"n":3}""", "m", 60L)]
    [InlineData("openai-chat", "/chat/completions", """{"model":7,"max_tokens":"many"}""", "", null)]
    [InlineData("openai-chat", "/chat/completions", """{"max_tokens":-5}""", "", null)]
    [InlineData("openai-chat", "/chat/completions", """{"max_tokens":1e300}""", "", 1_000_000_000L)]
    [InlineData("openai-responses", "/responses", """{"model":"m","max_output_tokens":10}""", "m", 10L)]
    [InlineData("anthropic", "/v1/messages", """{"model":"m","max_tokens":10}""", "m", 10L)]
    [InlineData("gemini", "/v1beta/models/g-1:generateContent", """{"generationConfig":{"maxOutputTokens":10,"candidateCount":2}}""", "g-1", 20L)]
    [InlineData("gemini", "/v1beta/models/g-1:generateContent", """{"generation_config":{"max_output_tokens":10}}""", "g-1", 10L)]
    [InlineData("gemini", "/v1beta/models/g-1:generateContent", "{}", "g-1", null)]
    public void A_request_says_what_it_asks_for(string word, string path, string body, string model, long? most) =>
        Find(word).Ask(path, JsonNode.Parse(body)!.AsObject()).ShouldBe(new ModelAsk(model, most));

    [Theory]
    [InlineData("""{"stream":true}""", """{"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":false,"x":1}}""", """{"stream":true,"stream_options":{"include_usage":true,"x":1}}""")]
    [InlineData("""{"stream":true,"stream_options":null}""", """{"stream":true,"stream_options":{"include_usage":true}}""")]
    public void A_chat_that_streams_is_asked_to_say_what_it_used(string body, string expected)
    {
        var request = JsonNode.Parse(body)!.AsObject();

        Find("openai-chat").AskForUsage(request).ShouldBeTrue();

        request.ToJsonString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"stream":false}""")]
    [InlineData("{}")]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":true}}""")]
    public void A_chat_that_says_so_anyway_stays_as_it_is(string body) => Find("openai-chat").AskForUsage(JsonNode.Parse(body)!.AsObject()).ShouldBeFalse();

    [Theory]
    [InlineData("""{"messages":[{"content":[{"type":"image_url","image_url":{"url":"https://evil.example/?secret"}}]}]}""", "image_url")]
    [InlineData("""{"input":[{"role":"user","content":[{"type":"input_image","image_url":"http://evil.example/"}]}]}""", "image_url")]
    [InlineData("""{"input":[{"content":[{"type":"input_file","file_url":"https://evil.example/"}]}]}""", "file_url")]
    [InlineData("""{"messages":[{"content":[{"type":"tool_result","content":[{"type":"image","source":{"type":"url","url":"https://evil.example"}}]}]}]}""", "source.url")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://evil.example"}}]}]}""", "fileUri")]
    [InlineData("""{"mcp_servers":[{"url":"https://evil.example"}]}""", "mcp_servers")]
    [InlineData("""{"web_search_options":{}}""", "web_search_options")]
    [InlineData("""{"background":true}""", "background")]
    [InlineData("""{"prompt":{"id":"p1"}}""", "prompt")]
    public void What_would_have_the_provider_reach_out_is_found(string body, string found) =>
        ServerReach.Find(JsonNode.Parse(body)!.AsObject()).ShouldBe(found);

    [Theory]
    [InlineData("""{"messages":[{"content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}""")]
    [InlineData("""{"messages":[{"content":"see https://example.org"}]}""")]
    [InlineData("""{"messages":[{"content":[{"type":"tool_use","input":{"source":{"url":"https://example.org"}}}]}]}""")]
    [InlineData("""{"input":"hello","background":false}""")]
    public void What_only_speaks_of_addresses_is_let_through(string body) => ServerReach.Find(JsonNode.Parse(body)!.AsObject()).ShouldBeNull();

    [Theory]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f"}},{"type":"web_search"}]}""", """{"tools":[{"type":"function","function":{"name":"f"}}]}""")]
    [InlineData("""{"tools":[{"type":"web_search_20250305","name":"web_search"}]}""", "{}")]
    [InlineData("""{"tools":[{"type":"mcp","server_url":"https://evil.example"},{"type":"local_shell"}]}""", """{"tools":[{"type":"local_shell"}]}""")]
    [InlineData("""{"tools":[{"googleSearch":{}},{"functionDeclarations":[]}]}""", """{"tools":[{"functionDeclarations":[]}]}""")]
    [InlineData("""{"input":[{"type":"additional_tools","tools":[{"type":"web_search"},{"type":"namespace"}]}]}""", """{"input":[{"type":"additional_tools","tools":[{"type":"namespace"}]}]}""")]
    public void Tools_that_the_provider_runs_are_left_out(string body, string left)
    {
        var request = JsonNode.Parse(body)!.AsObject();

        ServerReach.RemoveTools(request).ShouldBeTrue();

        request.ToJsonString().ShouldBe(left);
    }

    [Fact]
    public void Tools_of_the_client_stay()
    {
        var request = JsonNode.Parse("""{"tools":[{"name":"Read","input_schema":{}},{"type":"custom","name":"exec"},{"function_declarations":[]}]}""")!.AsObject();

        ServerReach.RemoveTools(request).ShouldBeFalse();
    }

    private static bool IsAllowed(string word, string method, string path) => Find(word).Routes.Any(route => route.Matches(method, path));

    private static Protocol Find(string word) => Protocol.All.Single(protocol => protocol.Word == word);
}
