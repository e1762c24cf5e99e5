using System.Text;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Sandboxes;

public abstract partial class SandboxConformance
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 1", 1)]
    [InlineData("exit 42", 42)]
    [InlineData("exit 125", 125)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -11 $$", 139)]
    [InlineData("exec /no/such/program", 127)]
    public async Task The_exit_code_is_the_command_s(string script, int code) => (await ExitAsync(Shell(script))).Code.ShouldBe(code);

    [Fact]
    public async Task A_command_that_is_not_there_exits_like_in_a_shell() =>
        (await ExitAsync(new SandboxSpec(["/no/such/program"]))).Code.ShouldBe(127);

    [Fact]
    public async Task Standard_input_is_delivered_and_closed()
    {
        var text = string.Join('\n', Enumerable.Range(0, 100_000));
        var spec = Shell("cat");

        (await OutputAsync(spec with { StandardInput = Encoding.UTF8.GetBytes(text) })).ShouldBe(text);
        (await OutputAsync(spec)).ShouldBe("");
    }

    [Fact]
    public async Task A_command_that_does_not_read_its_input_is_not_held_up()
    {
        var spec = Shell("echo done");

        (await OutputAsync(spec with { StandardInput = new byte[5_000_000] })).ShouldBe("done");
    }

    [Fact]
    public async Task Who_ignores_TERM_is_killed_at_the_deadline()
    {
        var spec = Shell("trap '' TERM INT HUP; echo began; while :; do sleep 1; done");

        var result = await Engine.RunAsync(spec with { Limits = spec.Limits with { WallClock = TimeSpan.FromSeconds(1) } }, CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.TimedOut>();
        result.Output.ShouldBe("began\n");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_daemon_that_hid_in_a_session_of_its_own_is_dead_when_the_run_is_over()
    {
        var result = await OutputAsync(Python("""
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.closerange(0, 10)
                    time.sleep(1000)
                os._exit(0)
            os.wait()
            print('left')
            """));

        result.ShouldBe("left");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_run_is_killed_before_the_call_returns()
    {
        using var cancellation = new CancellationTokenSource();
        var (spec, begun) = await EndlessAsync();
        var run = Engine.RunAsync(spec, cancellation.Token);
        await begun;

        Left().ShouldNotBeEmpty();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_dozen_at_once_each_get_their_own_answer()
    {
        var runs = Enumerable.Range(0, 24).Select(number => OutputAsync(Python($"import os; open('/tmp/mine', 'w').write('{number}'); print(open('/tmp/mine').read(), len(os.listdir('/tmp')))")));

        (await Task.WhenAll(runs)).ShouldBe(Enumerable.Range(0, 24).Select(number => $"{number} 2"));
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sandbox_outlives_the_thread_that_asked_for_it()
    {
        var (spec, begun) = await EndlessAsync();
        using var cancellation = new CancellationTokenSource();
        Task<SandboxResult>? run = null;
        var thread = new Thread(() => run = Engine.RunAsync(spec, cancellation.Token));
        thread.Start();
        await begun;
        thread.Join();

        // Were it tied to that thread, a second run would give the kernel all the time it needs to kill it.
        await OutputAsync(new SandboxSpec(["/bin/true"]));
        run!.IsCompleted.ShouldBeFalse();
        Left().ShouldNotBeEmpty();

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run!);
    }

    [Theory]
    [InlineData("command")]
    [InlineData("workingDirectory")]
    [InlineData("environment")]
    [InlineData("mounts")]
    [InlineData("limits.processes")]
    public async Task A_spec_that_cannot_be_run_is_refused_with_the_name_of_its_field(string field)
    {
        var good = Shell("true");
        var bad = field switch
        {
            "command" => good with { Command = [] },
            "workingDirectory" => good with { WorkingDirectory = "tmp" },
            "environment" => good with { Environment = good.Environment.Add("A=B", "c") },
            "mounts" => good with { Mounts = [new SandboxMount.Empty("/moss/../etc")] },
            _ => good with { Limits = good.Limits with { Processes = 0 } },
        };

        (await Engine.RunAsync(bad, CancellationToken.None)).ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldStartWith(field + ":");
    }

    /// <summary>A run that says when it has begun and then never ends by itself.</summary>
    protected async Task<(SandboxSpec Spec, Task<string> Begun)> EndlessAsync()
    {
        var output = HostFolder("out");
        var fifo = await Fifo.CreateAsync(Path.Combine(output, "begun"));
        return (Shell("echo yes > /moss/out/begun; sleep 1000 & setsid sleep 1000 & wait", new SandboxMount.Writable(output, "/moss/out")), Fifo.ReadAsync(fifo));
    }
}
