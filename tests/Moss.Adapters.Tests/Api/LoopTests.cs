using System.Collections.Immutable;
using System.Text.Json;
using Moss.AgentTools.Api;
using Moss.AgentTools.Api.Conversations;

namespace Moss.Adapters.Tests.Api;

public sealed class LoopTests : IDisposable
{
    private readonly ToolBench bench = new();
    private readonly StringWriter output = new() { NewLine = "\n" };

    public void Dispose()
    {
        bench.Dispose();
        output.Dispose();
    }

    [Fact]
    public async Task It_does_what_is_called_for_until_nothing_more_is()
    {
        bench.Write("work/a.txt", "one");
        var model = new Scripted(
            Calls(("a", "read_file", """{"path":"a.txt"}"""), ("b", "read_file", """{"path":"/etc/passwd"}""")), Calls(("c", "write_file", """{"path":"b.txt","content":"two"}""")), Says("Done."));

        (await RunAsync(model)).ShouldBeTrue();

        bench.Read("b.txt").ShouldBe("two");
        model.Heard[0].ShouldBeEmpty();
        model.Heard[1].Select(answer => (answer.Id, answer.IsError)).ShouldBe([("a", false), ("b", true)]);
        model.Heard[1][0].Text.ShouldBe("one");
        Events().Select(happened => happened.GetProperty("type").GetString()).ShouldBe(["answer", "tool", "tool", "answer", "tool", "answer", "done"]);
        Last().GetProperty("text").GetString().ShouldBe("Done.");
        (Last().GetProperty("usage").GetProperty("input_tokens").GetInt64(), Last().GetProperty("usage").GetProperty("output_tokens").GetInt64()).ShouldBe((30, 3));
    }

    [Fact]
    public async Task It_ends_after_two_hundred_turns()
    {
        var model = new Scripted(Calls(("a", "list_files", "{}")));

        (await RunAsync(model)).ShouldBeFalse();

        model.Heard.Count.ShouldBe(Loop.MostTurns);
        Last().GetProperty("message").GetString().ShouldBe("it had not finished after 200 turns");
    }

    [Theory]
    [InlineData("CutOff", "was cut off")]
    [InlineData("Withheld", "withheld")]
    public async Task An_answer_that_is_not_whole_is_no_result(string end, string message)
    {
        (await RunAsync(new Scripted(new ModelReply.Answered("```json\n{}\n```", [], Enum.Parse<AnswerEnd>(end), new(10, 1))))).ShouldBeFalse();

        Last().GetProperty("type").GetString().ShouldBe("failed");
        Last().GetProperty("message").GetString()!.ShouldContain(message);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(null)]
    public async Task A_model_that_gives_no_answer_ends_it(int? status)
    {
        (await RunAsync(new Scripted(Calls(("a", "list_files", "{}")), new ModelReply.Failed("too many", status)))).ShouldBeFalse();

        Last().GetProperty("message").GetString().ShouldBe("too many");
        Last().TryGetProperty("status", out var told).ShouldBe(status is not null);
        (status is null || told.GetInt32() == status).ShouldBeTrue();
        Last().GetProperty("usage").GetProperty("input_tokens").GetInt64().ShouldBe(10);
    }

    [Fact]
    public async Task What_is_printed_of_a_long_call_is_bounded()
    {
        var input = JsonSerializer.Serialize(new { path = "a.txt", content = new string('x', 100_000) });

        (await RunAsync(new Scripted(Calls(("a", "write_file", input)), Says("ok")))).ShouldBeTrue();

        bench.Read("a.txt").Length.ShouldBe(100_000);
        output.ToString().Length.ShouldBeLessThan(5000);
    }

    [Fact]
    public void Calls_come_in_pieces()
    {
        var pieces = new CallPieces();
        pieces.Add(0, "a", "read_file", "{\"pa");
        pieces.Add(1, "b", "list_files", null);
        pieces.Add(0, null, null, "th\":\"x\"}");

        pieces.Whole().ShouldBe([new("a", "read_file", "{\"path\":\"x\"}"), new("b", "list_files", "{}")]);
    }

    [Fact]
    public void Servers_that_give_every_call_the_same_place_or_none_an_id_are_understood()
    {
        var pieces = new CallPieces();
        pieces.Add(0, "a", "read_file", "{}");
        pieces.Add(0, "b", "list_files", "{");
        pieces.Add(0, "b", "", "}");
        pieces.Add(1, "", "search", "{}");

        pieces.Whole().ShouldBe([new("a", "read_file", "{}"), new("b", "list_files", "{}"), new("call_2", "search", "{}")]);
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("{\"a\":", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("", "{}")]
    public void Only_objects_go_back_into_a_conversation(string input, string valid) => CallPieces.Valid(input).ShouldBe(valid);

    private static ModelReply.Answered Says(string text) => new(text, [], AnswerEnd.Whole, new(10, 1));

    private static ModelReply.Answered Calls(params (string Id, string Name, string Input)[] calls) =>
        new("", [.. calls.Select(call => new ToolCall(call.Id, call.Name, call.Input))], AnswerEnd.Whole, new(10, 1));

    private Task<bool> RunAsync(Scripted model) => new Loop(model, bench.Tools, new EventLog(output)).RunAsync(CancellationToken.None);

    private IReadOnlyList<JsonElement> Events() =>
        [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private JsonElement Last() => Events()[^1];

    /// <summary>Replies in turn, the last one again and again.</summary>
    private sealed class Scripted(params ModelReply[] replies) : IConversation
    {
        public List<ImmutableArray<ToolAnswer>> Heard { get; } = [];

        public Task<ModelReply> AskAsync(ImmutableArray<ToolAnswer> answers, CancellationToken cancellationToken)
        {
            Heard.Add(answers);
            return Task.FromResult(replies[Math.Min(Heard.Count, replies.Length) - 1]);
        }

        public void Dispose()
        {
        }
    }
}
