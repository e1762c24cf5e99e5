namespace Moss.Adapters.Tests.Api;

public sealed class RunCommandTests : IDisposable
{
    private readonly ToolBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("echo one; echo two >&2; echo three; exit 3", "one\ntwo\nthree\n\n[exit code 3]")]
    [InlineData("true", "\n[exit code 0]")]
    [InlineData("cat", "\n[exit code 0]")]
    [InlineData("printf \"it's %s\\n\" 'so \"so\"'", "it's so \"so\"\n\n[exit code 0]")]
    public async Task What_it_prints_and_how_it_exits_is_the_answer(string command, string answer) =>
        (await bench.DoneAsync("run", new { command })).ShouldBe(answer);

    [Fact]
    public async Task It_runs_in_the_work_tree()
    {
        await bench.DoneAsync("run", new { command = "pwd > where" });

        bench.Read("where").ShouldBe(bench.WorkTree + "\n");
    }

    [Fact]
    public async Task It_has_no_key()
    {
        Environment.SetEnvironmentVariable("MOSS_RUN_COMMAND_TOKEN", "secret");
        Environment.SetEnvironmentVariable("MOSS_RUN_COMMAND_NAME", "visible");

        var answer = await bench.DoneAsync("run", new { command = "env" });

        answer.ShouldContain("MOSS_RUN_COMMAND_NAME=visible");
        answer.ShouldNotContain("MOSS_RUN_COMMAND_TOKEN");
    }

    [Fact]
    public async Task One_that_takes_too_long_is_stopped_with_what_it_started() =>
        (await bench.DoneAsync("run", new { command = "echo begun; sh -c 'tail -f /dev/null'; echo never", timeout = 1 })).ShouldBe("begun\n\n[stopped after 1 s]");

    [Fact]
    public async Task What_is_left_in_the_background_is_not_waited_for()
    {
        var answer = await bench.DoneAsync("run", new { command = "tail -f /dev/null & echo $! > child; echo begun" });

        answer.ShouldBe("begun\n\n[exit code 0]");
        await bench.DoneAsync("run", new { command = "kill $(cat child)" });
    }

    [Fact]
    public async Task It_prints_as_much_as_it_likes_and_a_part_is_kept()
    {
        var answer = await bench.DoneAsync("run", new { command = "echo first; seq 1 200000; echo last" });

        answer.ShouldStartWith("first\n1\n2\n");
        answer.ShouldContain("characters are left out here");
        answer.ShouldEndWith("200000\nlast\n\n[exit code 0]");
    }

    [Fact]
    public async Task It_is_stopped_when_the_run_is()
    {
        using var stop = new CancellationTokenSource();
        var running = bench.CallAsync("run", new { command = "touch begun; tail -f /dev/null" }, stop.Token);
        await Testing.Eventually.HoldsAsync(() => File.Exists(Path.Combine(bench.WorkTree, "begun")));

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }
}
