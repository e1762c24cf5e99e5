using System.Collections.Immutable;
using Moss.Adapters.Tests.Sandboxes;
using Moss.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Processes;

public sealed class DetachedProcessesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DetachedProcesses processes = new(ProcessLauncher.Shared, TimeProvider.System);
    private readonly TemporaryFolder folder = new();
    private readonly string mark = Guid.NewGuid().ToString("N");

    public void Dispose()
    {
        ProcessTable.StartedWith("MOSS_INSTANCE", mark).ToList().ForEach(left => ProcessTable.Kill(left.Pid));
        folder.Dispose();
    }

    [Fact]
    public async Task A_service_runs_with_its_own_environment_folder_and_log()
    {
        var service = await StartAsync("pwd -P; echo $MOSS_INSTANCE; echo problem >&2");

        await processes.EndOfAsync(service, CancellationToken.None).WaitAsync(Patience);

        (await File.ReadAllTextAsync(Log)).ShouldBe($"{folder.Path}\n{mark}\nproblem\n");
        ProcessTable.IsAlive(service).ShouldBeFalse();
    }

    [Fact]
    public async Task The_log_of_the_one_before_is_kept()
    {
        await File.WriteAllTextAsync(Log, "before\n");

        await processes.EndOfAsync(await StartAsync("echo after"), CancellationToken.None).WaitAsync(Patience);

        (await File.ReadAllTextAsync(Log)).ShouldBe("before\nafter\n");
    }

    [Fact]
    public async Task A_service_whose_pid_was_never_written_down_is_found_by_its_mark()
    {
        var service = await BegunAsync("", "read line < begun");

        ProcessTable.StartedWith("MOSS_INSTANCE", mark).ShouldBe([service]);
        ProcessTable.StartedWith("MOSS_INSTANCE", mark[..10]).ShouldBeEmpty("the whole value counts");
    }

    [Fact]
    public async Task Stopping_lets_it_say_goodbye()
    {
        var service = await BegunAsync("trap 'echo bye; exit 0' TERM", "while :; do sleep 1000 & wait; done");

        (await processes.StopAsync(service, Patience, CancellationToken.None)).ShouldBeTrue();

        (await File.ReadAllTextAsync(Log)).ShouldBe("bye\n");
        ProcessTable.StartedWith("MOSS_INSTANCE", mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_ignores_TERM_is_killed_after_the_grace_with_its_children()
    {
        var service = await BegunAsync("trap '' TERM; sleep 1000 & sleep 1000 &", "while :; do sleep 1000 & wait; done");

        (await processes.StopAsync(service, TimeSpan.FromMilliseconds(200), CancellationToken.None)).ShouldBeTrue();

        ProcessTable.StartedWith("MOSS_INSTANCE", mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Children_are_stopped_also_when_the_service_itself_is_gone()
    {
        var service = await BegunAsync("sleep 1000 &", "exit 0");
        await processes.EndOfAsync(service, CancellationToken.None).WaitAsync(Patience);
        ProcessTable.StartedWith("MOSS_INSTANCE", mark).ShouldHaveSingleItem();

        (await processes.StopAsync(service, Patience, CancellationToken.None)).ShouldBeTrue();

        ProcessTable.StartedWith("MOSS_INSTANCE", mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_process_that_has_the_pid_by_now_is_left_alone()
    {
        var service = await StartAsync("exec sleep 1000");

        (await processes.StopAsync(service with { StartTicks = service.StartTicks - 100 }, TimeSpan.Zero, CancellationToken.None)).ShouldBeTrue();
        (await processes.StopAsync(service with { Boot = "an earlier boot" }, TimeSpan.Zero, CancellationToken.None)).ShouldBeTrue();

        ProcessTable.IsAlive(service).ShouldBeTrue();
    }

    [Fact]
    public async Task Stopping_twice_is_no_error()
    {
        var service = await StartAsync("exec sleep 1000");

        (await processes.StopAsync(service, TimeSpan.Zero, CancellationToken.None)).ShouldBeTrue();
        (await processes.StopAsync(service, TimeSpan.Zero, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_service_survives_the_process_that_started_it()
    {
        using var kill = new CancellationTokenSource();
        var fifo = await Fifo.CreateAsync(folder.Combine("begun"));
        var moss = new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System)
            .RunAsync(Program.Start("service", folder.Path, mark) with { Kill = KillPlan.AtOnce }, kill.Token);
        (await Fifo.ReadAsync(fifo)).ShouldBe("yes");
        await kill.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(moss);

        var service = ProcessTable.StartedWith("MOSS_INSTANCE", mark).ShouldHaveSingleItem();

        (await processes.StopAsync(service, Patience, CancellationToken.None)).ShouldBeTrue();
        ProcessTable.IsAlive(service).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_started_says_why()
    {
        var good = Service("true");

        (await processes.StartAsync(good with { Program = "no-such-program" })).ShouldBeOfType<DetachedStart.NotStarted>().Reason.ShouldContain("no-such-program");
        (await processes.StartAsync(good with { WorkingDirectory = folder.Combine("gone") })).ShouldBeOfType<DetachedStart.NotStarted>().Reason.ShouldContain("gone");
        (await processes.StartAsync(good with { LogFile = folder.Combine("no", "log") })).ShouldBeOfType<DetachedStart.NotStarted>().Reason.ShouldContain("log");
        (await processes.StartAsync(good with { Program = folder.Write("text", "x") })).ShouldBeOfType<DetachedStart.NotStarted>().Reason.ShouldContain("Permission denied");
    }

    internal static DetachedInvocation Service(string folder, string mark, string script) =>
        new("/bin/sh", ["-c", script], folder, Path.Combine(folder, "service.log"))
        {
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin").Add("MOSS_INSTANCE", mark),
        };

    private string Log => folder.Combine("service.log");

    private DetachedInvocation Service(string script) => Service(folder.Path, mark, script);

    private async Task<ProcessIdentity> StartAsync(string script) =>
        (await processes.StartAsync(Service(script))).ShouldBeOfType<DetachedStart.Started>().Identity;

    private async Task<ProcessIdentity> BegunAsync(string before, string after)
    {
        var fifo = await Fifo.CreateAsync(folder.Combine("begun"));
        var service = await StartAsync($"{before}\necho yes > begun\n{after}");
        await Fifo.ReadAsync(fifo);
        return service;
    }
}
