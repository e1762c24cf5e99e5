using System.Text.Json;
using Moss.AgentTools;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class TryCommandTests
{
    private const string Source = "def solve(n):\n    return {\"n\": n, \"big\": n > 10}\n";
    private static readonly (string, string, string)[] Scenarios =
        [("small", "[1]", """{"n": 1, "big": false}"""), ("ten", "[10]", """{"n": 10, "big": true}""")];

    [Fact]
    public async Task All_that_pass_exit_zero()
    {
        var (exit, output, _) = await RunAsync("small");
        exit.ShouldBe(0);
        output.ShouldContain("1 of 1 passed");
    }

    [Fact]
    public async Task A_failure_exits_one_and_says_why()
    {
        var (exit, output, _) = await RunAsync();
        exit.ShouldBe(1);
        output.ShouldContain("scenario  outcome       score  note");
        output.ShouldContain("small     passed         1.00");
        output.ShouldContain("ten       failed         0.50  got {'n': 10, 'big': False}");
        output.ShouldContain("1 of 2 passed");
    }

    [Fact]
    public async Task Json_is_the_response()
    {
        var (_, output, _) = await RunAsync("--json", "ten");
        JsonSerializer.Deserialize<TryResponse>(output, Wire.Options)!.Results.ShouldHaveSingleItem().Score.ShouldBe(0.5);
    }

    [Fact]
    public async Task A_held_out_scenario_is_refused()
    {
        var (exit, output, error) = await RunAsync("held-out");
        exit.ShouldBe(2);
        output.ShouldBe("");
        error.ShouldContain("there is no scenario 'held-out' to try");
    }

    [Fact]
    public async Task No_runner_exits_two()
    {
        var error = new StringWriter();
        (await TryCommand.RunAsync(new Arguments(["--socket", "/nowhere.sock"]), TextWriter.Null, error, CancellationToken.None)).ShouldBe(2);
        error.ToString().ShouldContain("no scenario runner answers at /nowhere.sock");
    }

    [Fact]
    public async Task An_unknown_option_exits_two()
    {
        var (exit, _, error) = await RunAsync("--quick");
        exit.ShouldBe(2);
        error.ShouldStartWith("unknown option --quick");
    }

    [Fact]
    public void Keypoints_and_traces_are_shown()
    {
        var result = new TryResult("a", "failed", 0.5, "two\nlines", 1)
        {
            Keypoints = System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty.Add("sum", 1).Add("name", 0),
            Trace = new ReplayTrace("", "Traceback", "", "{\"x\": 1}"),
        };
        var text = TryTable.Write([result], trace: true);
        text.ShouldContain("0.50  two lines");
        text.ShouldContain("ok sum 1.00");
        text.ShouldContain("-- name 0.00");
        text.ShouldContain("answer:\n      {\"x\": 1}");
        text.ShouldContain("error:\n      Traceback");
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] words)
    {
        using var work = Repairing.WorkTree(Source);
        await using var server = new FakeTryServer(work, Scenarios);
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await TryCommand.RunAsync(new Arguments(["--socket", server.Socket, .. words]), output, error, CancellationToken.None);
        return (exit, output.ToString(), error.ToString());
    }
}
