using System.Collections.Immutable;
using System.Text;
using Moss.Adapters.Tests.Sandboxes;
using Moss.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Processes;

public sealed class ProcessRunnerTests : IDisposable
{
    private readonly ProcessRunner runner = new(ProcessLauncher.Shared, TimeProvider.System);
    private readonly TemporaryFolder folder = new();
    private readonly string mark = Guid.NewGuid().ToString("N");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -15 $$", 143)]
    public async Task The_exit_code_is_the_program_s(string script, int code) => (await ExitAsync(Shell(script))).Code.ShouldBe(code);

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        ImmutableArray<string> arguments = ["", "a b", "\"quoted\"", "$HOME", "*", "back\\slash", "línea\nzwei", "--", "-n"];

        var result = await ExitAsync(new ProcessInvocation("/usr/bin/printf", ["[%s]", .. arguments]));

        result.Output.ShouldBe(string.Concat(arguments.Select(argument => $"[{argument}]")));
    }

    [Fact]
    public async Task The_environment_is_exactly_the_invocation_s()
    {
        Environment.SetEnvironmentVariable("MOSS_TEST_HOST_SECRET", "secret");

        var result = await ExitAsync(new ProcessInvocation("/usr/bin/env", []) { Environment = Variables(("ONE", "1"), ("TWO", "zwei = 2")) });

        result.Output.ShouldBe("ONE=1\nTWO=zwei = 2\n");
    }

    [Fact]
    public async Task It_starts_in_the_working_directory() =>
        (await ExitAsync(new ProcessInvocation("/bin/pwd", ["-P"]) { WorkingDirectory = folder.Path })).Output.Trim().ShouldBe(folder.Path);

    [Fact]
    public async Task A_program_is_looked_up_on_the_path_of_the_invocation()
    {
        var tool = folder.Write("bin/tool", "#!/bin/sh\necho found\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var result = await ExitAsync(new ProcessInvocation("tool", []) { Environment = Variables(("PATH", $"/nowhere:{folder.Combine("bin")}")) });

        result.Output.ShouldBe("found\n");
    }

    [Fact]
    public async Task Signals_that_dotnet_ignores_work_in_its_children()
    {
        // SIGPIPE is ignored in .NET; a child that inherited that would go on writing for ever.
        var result = await ExitAsync(Shell("yes | head -n 1"));

        result.Output.ShouldBe("y\n");
        // The C library keeps the two above the 31 of the standard for itself.
        var masks = (await ExitAsync(Shell("sed -n 's/^Sig\\(Blk\\|Ign\\):\t//p' /proc/self/status"))).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        masks.Length.ShouldBe(2);
        masks.ShouldAllBe(mask => (Convert.ToInt64(mask, 16) & 0x7FFF_FFFF) == 0);
    }

    [Fact]
    public async Task Only_the_three_standard_descriptors_are_open() =>
        // The fourth is the listing's own.
        (await ExitAsync(Shell("cd /proc/self/fd && echo *"))).Output.ShouldBe("0 1 2 3\n");

    [Fact]
    public async Task Every_program_leads_a_session_of_its_own()
    {
        var fields = (await ExitAsync(new ProcessInvocation("/bin/cat", ["/proc/self/stat"]))).Output.Split(' ');

        fields[4].ShouldBe(fields[0], "the group");
        fields[5].ShouldBe(fields[0], "the session");
    }

    [Fact]
    public async Task Input_larger_than_a_pipe_arrives_whole()
    {
        var text = string.Join('\n', Enumerable.Range(0, 200_000));

        (await ExitAsync(new ProcessInvocation("/bin/cat", []) { StandardInput = Encoding.UTF8.GetBytes(text) })).Output.ShouldBe(text);
    }

    [Fact]
    public async Task Without_input_the_program_reads_the_end_at_once() => (await ExitAsync(new ProcessInvocation("/bin/cat", []))).Output.ShouldBe("");

    [Theory]
    [InlineData("exit 3")]
    [InlineData("exec 0<&-; head -c 100000 /dev/zero > /dev/null; exit 3")]
    [InlineData("head -c 10 > /dev/null; exit 3")]
    public async Task A_program_that_does_not_read_its_input_is_no_error(string script) =>
        (await ExitAsync(Shell(script) with { StandardInput = new byte[3_000_000] })).Code.ShouldBe(3);

    [Fact]
    public async Task Both_streams_are_read_at_once_and_cut_at_the_limit()
    {
        var script = "i=0; while [ $i -lt 300 ]; do head -c 10000 /dev/zero | tr '\\0' o; head -c 10000 /dev/zero | tr '\\0' e >&2; i=$((i+1)); done";

        var result = await ExitAsync(Shell(script) with { OutputLimit = 5000 });

        result.Output.ShouldBe(new string('o', 5000));
        result.Error.ShouldBe(new string('e', 5000));
        result.Truncated.ShouldBeTrue();
    }

    [Fact]
    public async Task Output_of_exactly_the_limit_is_not_called_cut()
    {
        var result = await ExitAsync(Shell("printf 12345") with { OutputLimit = 5 });

        result.Output.ShouldBe("12345");
        result.Truncated.ShouldBeFalse();
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_replaced() => (await ExitAsync(Shell("printf 'a\\377b\\303\\274'"))).Output.ShouldBe("a\uFFFDbü");

    [Fact]
    public async Task A_report_and_a_private_input_have_descriptors_of_their_own()
    {
        var result = await ExitAsync(Shell("cat <&4 >&3; echo out") with { Reports = true, PrivateInput = "secret"u8.ToArray() });

        result.Report.ShouldBe("secret");
        result.Output.ShouldBe("out\n");
    }

    [Fact]
    public async Task At_the_timeout_the_whole_group_is_stopped()
    {
        var fifo = await Fifo.CreateAsync(folder.Combine("begun"));
        var run = runner.RunAsync(Marked($"sleep 1000 & echo partial; echo yes > {fifo}; sleep 1000") with { Timeout = TimeSpan.FromSeconds(3) }, CancellationToken.None);
        await Fifo.ReadAsync(fifo);

        var result = (await run).ShouldBeOfType<ProcessResult.TimedOut>();

        result.Output.ShouldBe("partial\n");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_is_stopped_and_who_is_not_may_go_on()
    {
        var silent = Marked("echo once; sleep 1000") with { IdleTimeout = TimeSpan.FromSeconds(2) };
        var result = (await runner.RunAsync(silent, CancellationToken.None)).ShouldBeOfType<ProcessResult.TimedOut>();

        result.Idle.ShouldBeTrue();
        result.Output.ShouldBe("once\n");
        Left().ShouldBeEmpty();

        var talking = Shell("for i in 1 2 3 4 5 6; do sleep 1; echo $i >&2; done") with { IdleTimeout = TimeSpan.FromSeconds(4) };
        (await ExitAsync(talking)).Error.ShouldBe("1\n2\n3\n4\n5\n6\n");
    }

    [Fact]
    public async Task Who_answers_TERM_may_say_goodbye_and_who_does_not_is_killed()
    {
        foreach (var (trap, goodbye) in new[] { ("echo bye; exit 0", "bye\n"), ("", "") })
        {
            var fifo = await Fifo.CreateAsync(folder.Combine($"begun{goodbye.Length}"));
            using var cancellation = new CancellationTokenSource();
            var script = $"trap '{trap}' TERM; echo yes > {fifo}; while :; do sleep 1000 & wait; done";
            var run = runner.RunAsync(Marked(script) with { Kill = KillPlan.After(TimeSpan.FromMilliseconds(500)) }, cancellation.Token);
            await Fifo.ReadAsync(fifo);

            await cancellation.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(run);
            Left().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_already_starts_nothing()
    {
        var file = folder.Combine("ran");

        await Should.ThrowAsync<OperationCanceledException>(runner.RunAsync(Shell($"touch {file}"), new CancellationToken(canceled: true)));

        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task A_child_that_keeps_the_streams_open_does_not_hold_us_up_and_is_gone_when_we_return()
    {
        var result = await ExitAsync(Marked("sleep 1000 & echo done"));

        result.Output.ShouldBe("done\n");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task Even_one_in_a_session_of_its_own_does_not_hold_us_up()
    {
        var result = await ExitAsync(Marked("setsid sleep 1000 & echo done"));

        result.Output.ShouldBe("done\n");
        Left().ToList().ForEach(escaped => ProcessTable.Kill(escaped.Pid));
    }

    [Fact]
    public async Task Fifty_at_once_do_not_mix_their_streams()
    {
        var runs = Enumerable.Range(0, 50).Select(number => ExitAsync(Shell($"cat; echo {number}; exit {number}") with { StandardInput = Encoding.UTF8.GetBytes($"in {number} ") }));

        var results = await Task.WhenAll(runs);

        results.Select(result => result.Code).ShouldBe(Enumerable.Range(0, 50));
        results.Select(result => result.Output).ShouldBe(Enumerable.Range(0, 50).Select(number => $"in {number} {number}\n"));
    }

    private static ProcessInvocation Shell(string script) => new("/bin/sh", ["-c", script]) { Environment = Variables(("PATH", "/usr/bin:/bin")) };

    private static ImmutableSortedDictionary<string, string> Variables(params ReadOnlySpan<(string Name, string Value)> entries)
    {
        var variables = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var (name, value) in entries)
        {
            variables = variables.Add(name, value);
        }

        return variables;
    }

    private ProcessInvocation Marked(string script)
    {
        var invocation = Shell(script);
        return invocation with { Environment = invocation.Environment.Add("MOSS_TEST_MARK", mark) };
    }

    private IReadOnlyList<ProcessIdentity> Left() => ProcessTable.StartedWith("MOSS_TEST_MARK", mark);

    private async Task<ProcessResult.Exited> ExitAsync(ProcessInvocation invocation) =>
        (await runner.RunAsync(invocation, CancellationToken.None)).ShouldBeOfType<ProcessResult.Exited>();
}
