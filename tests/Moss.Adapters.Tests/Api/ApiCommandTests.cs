using System.Text;
using System.Text.Json;
using Moss.AgentTools;
using Moss.AgentTools.Api;
using Moss.Testing;
using Moss.Testing.Models;
using Moss.Testing.Models.Scripts;

namespace Moss.Adapters.Tests.Api;

/// <summary>The command with the vendors' packages, before a scripted server of each protocol.</summary>
public sealed class ApiCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment = new() { ["MOSS_MODEL_TOKEN"] = "the-key" };
    private StubModel model = null!;

    public static TheoryData<string> Protocols => ["chat", "messages"];

    public async Task InitializeAsync() => model = await StubModel.StartAsync();

    public async Task DisposeAsync()
    {
        folder.Dispose();
        await model.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_model_is_told_its_task_its_tools_and_what_they_answered(string protocol)
    {
        folder.Write("work/a.txt", "what is in it");
        Script(new ModelTurn.Read("a.txt"), new ModelTurn.Say("Done."));

        var (code, output, _) = await RunAsync(protocol, "plan");

        code.ShouldBe(0, output);
        Last(output).GetProperty("type").GetString().ShouldBe("done");
        Last(output).GetProperty("usage").GetRawText().ShouldBe("""{"input_tokens":2000,"output_tokens":100}""");
        var (first, second) = (model.Requests[0], model.Requests[1]);
        first.Body.ShouldContain("the prompt, ä");
        first.Body.ShouldContain("list_files");
        first.Body.ShouldNotContain("edit_file");
        first.Body.ShouldContain("\"stream\":true");
        second.Body.ShouldContain("what is in it");
        first.Headers.Values.ShouldContain(value => value.Contains("the-key", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_call_that_is_no_json_is_answered_and_goes_back_as_an_empty_one(string protocol)
    {
        model.Answer = (request, response) => request.Body.Contains("not JSON", StringComparison.Ordinal)
            ? ScriptedModel.AnswerAsync(ModelScript.Of(new ModelTurn.Say("I see.")), request, response)
            : response.Events().SendAsync(protocol == "chat" ? CutChat : CutMessages);

        var (code, output, _) = await RunAsync(protocol, "implement");

        code.ShouldBe(0, output);
        model.Requests[1].Body.ShouldNotContain("a cut");
    }

    [Theory]
    [InlineData("chat", "Drop")]
    [InlineData("chat", "Garble")]
    [InlineData("messages", "Drop")]
    [InlineData("messages", "Garble")]
    public async Task A_broken_answer_is_a_failure_with_a_reason(string protocol, string turn)
    {
        Script(turn == "Drop" ? new ModelTurn.Drop() : new ModelTurn.Garble());

        var (code, output, _) = await RunAsync(protocol, "plan");

        code.ShouldBe(1);
        Last(output).GetProperty("type").GetString().ShouldBe("failed");
        Last(output).GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("chat", 401, 1)]
    [InlineData("chat", 500, 2)]
    [InlineData("messages", 401, 1)]
    [InlineData("messages", 529, 2)]
    public async Task A_refusal_is_told_with_its_status_after_one_more_try_at_most(string protocol, int status, int tries)
    {
        Script(new ModelTurn.Refuse(status));

        var (code, output, _) = await RunAsync(protocol, "plan");

        code.ShouldBe(1);
        Last(output).GetProperty("status").GetInt32().ShouldBe(status);
        Last(output).GetProperty("message").GetString()!.ShouldContain("scripted ");
        model.Requests.Count.ShouldBe(tries);
    }

    [Theory]
    [InlineData("--protocol", "smtp", "--protocol must be chat or messages")]
    [InlineData("--role", "king", "--role must be one of implement, locate")]
    [InlineData("--role", null, "--role must be one of")]
    [InlineData("--model", null, "--model is missing")]
    [InlineData("--other", "x", "unknown option --other")]
    public async Task Wrong_usage_is_told(string option, string? value, string reason)
    {
        Dictionary<string, string> options = new() { ["--protocol"] = "chat", ["--role"] = "plan", ["--model"] = "m" };
        if (value is null)
        {
            options.Remove(option);
        }
        else
        {
            options[option] = value;
        }

        var (code, _, error) = await RunAsync(options);

        (code, error.Split('\n')[0]).ShouldSatisfyAllConditions(ended => ended.code.ShouldBe(2), ended => ended.Item2.ShouldContain(reason));
    }

    [Theory]
    [InlineData("MOSS_MODEL_URL", "somewhere")]
    [InlineData("MOSS_MODEL_TOKEN", "")]
    public async Task Without_the_way_to_a_model_it_says_what_is_missing(string variable, string value)
    {
        environment["MOSS_MODEL_URL"] = model.Address;
        environment[variable] = value;

        var (code, _, error) = await RunAsync(new() { ["--protocol"] = "chat", ["--role"] = "plan", ["--model"] = "m" });

        code.ShouldBe(2);
        error.ShouldStartWith(variable);
    }

    private const string CutChat = """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"write_file","arguments":"{\"path\": \"a cut"}}]},"finish_reason":null}]}

        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

        data: [DONE]


        """;

    private const string CutMessages = """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"write_file","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"path\": \"a cut"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"output_tokens":9}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private static JsonElement Last(string output) => JsonDocument.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;

    private void Script(params ModelTurn[] turns) => model.Answer = ScriptedModel.Plays(ModelScript.Of(turns));

    private Task<(int Code, string Output, string Error)> RunAsync(string protocol, string role)
    {
        environment["MOSS_MODEL_URL"] = model.Address + (protocol == "chat" ? "/v1" : "");
        return RunAsync(new() { ["--protocol"] = protocol, ["--role"] = role, ["--model"] = "m" });
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string> options)
    {
        Directory.CreateDirectory(folder.Combine("work"));
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var prompt = new MemoryStream(Encoding.UTF8.GetBytes("the prompt, ä"));
        var arguments = options.SelectMany(option => new[] { option.Key, option.Value }).Concat(["--work", folder.Combine("work"), "--task", folder.Combine("task")]);
        var code = await ApiCommand.RunAsync(
            new Arguments(arguments), environment.GetValueOrDefault, prompt, TimeProvider.System, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
