using System.Collections.Immutable;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment;

/// <summary>What every host of instances does, on real processes.</summary>
public abstract class InstanceHostConformance : IAsyncLifetime
{
    protected const string Substrate = "desk";

    private protected TemporaryFolder Folder { get; } = new();

    private protected Instance Instance { get; private set; } =
        new($"{Substrate}-{Guid.NewGuid():n}", new DeployedVersion("c", "t", "c"), 0) { Grace = TimeSpan.FromSeconds(20) };

    /// <summary>The host, as a Moss has it that has just been started.</summary>
    private protected abstract IInstanceHost Host { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        await Host.StopAsync(Instance with { Grace = TimeSpan.Zero }, null);
        await Host.TidyAsync(Substrate, null, default);
        await Host.ForgetStateAsync(Substrate, default);
        Folder.Dispose();
    }

    [Fact]
    public async Task It_starts_with_the_declared_environment_and_nothing_of_ours()
    {
        await StartAsync("env > \"$MOSS_STATE/out.tmp\"; mv \"$MOSS_STATE/out.tmp\" \"$MOSS_STATE/out\"; sleep 1000");

        var seen = await ReadAsync("out");

        seen.ShouldContain("COLOUR=green");
        seen.ShouldContain("MOSS_PORT=0");
        seen.ShouldContain("MOSS_HOST=");
        seen.ShouldContain($"MOSS_INSTANCE={Instance.Marker}");
        seen.ShouldNotContain("DOTNET");
    }

    [Fact]
    public async Task It_is_found_by_its_marker_alone()
    {
        var process = await StartAsync("sleep 1000");

        (await Host.FindAsync(Instance, default)).ShouldBe(process);
        (await Host.LivesAsync(Instance, null, default)).ShouldBeTrue();
        (await Host.LivesAsync(Instance with { Marker = $"{Substrate}-other" }, null, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_heeds_TERM_can_say_goodbye_and_its_state_stays()
    {
        await StartAsync("trap 'echo bye > \"$MOSS_STATE/bye\"; exit 0' TERM; echo up > \"$MOSS_STATE/up\"; while :; do sleep 0.05; done");
        await ReadAsync("up");

        await Host.StopAsync(Instance, null);

        (await Host.LivesAsync(Instance, null, default)).ShouldBeFalse();
        (await ReadAsync("bye")).ShouldBe("bye\n");
    }

    [Fact]
    public async Task Who_ignores_TERM_is_killed_with_all_that_it_started()
    {
        Instance = Instance with { Grace = TimeSpan.FromMilliseconds(200) };
        var process = await StartAsync("setsid sh -c 'trap \"\" TERM; echo up > \"$MOSS_STATE/child\"; while :; do sleep 1; done' & trap '' TERM; while :; do sleep 1; done");
        await ReadAsync("child");

        await Host.StopAsync(Instance, process);

        (await Host.LivesAsync(Instance, process, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_what_does_not_run_is_fine()
    {
        await Host.StopAsync(Instance, null);
        await Host.StopAsync(Instance, new InstanceProcess(1, 2, "another boot"));
    }

    [Fact]
    public async Task Stopping_twice_is_fine()
    {
        var process = await StartAsync("sleep 1000");

        await Host.StopAsync(Instance with { Grace = TimeSpan.FromMilliseconds(100) }, process);
        await Host.StopAsync(Instance, process);
    }

    [Fact]
    public async Task What_cannot_be_started_does_not_live_and_it_is_said_why()
    {
        var start = await Host.StartAsync(Launch(["./no-such-program"]));
        using var patience = new CancellationTokenSource(World.Patience);

        var reason = start is InstanceStart.Refused refused ? refused.Reason : await LastWordsAsync((InstanceStart.Running)start, patience.Token);

        reason.ShouldContain("no-such-program");
        (await Host.LivesAsync(Instance, null, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Its_end_is_noticed_and_what_it_printed_can_be_read()
    {
        var process = await StartAsync("echo to the output; echo to the error >&2; exit 3");
        using var patience = new CancellationTokenSource(World.Patience);

        await Host.EndOfAsync(Instance, process, patience.Token);

        (await Host.LivesAsync(Instance, process, default)).ShouldBeFalse();
        (await Host.FindAsync(Instance, default)).ShouldBeNull();
        var tail = await Host.LogTailAsync(Substrate, Instance, 1000, default);
        tail.ShouldContain("to the output");
        tail.ShouldContain("to the error");
    }

    [Fact]
    public async Task The_end_of_a_long_log_is_what_is_kept_of_it()
    {
        var process = await StartAsync("i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done");
        using var patience = new CancellationTokenSource(World.Patience);
        await Host.EndOfAsync(Instance, process, patience.Token);

        var tail = await Host.LogTailAsync(Substrate, Instance, 100, default);

        tail.ShouldEndWith("line 1999\n");
        tail.Length.ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task What_ended_can_be_started_again_on_the_same_state()
    {
        const string Script = "echo start >> \"$MOSS_STATE/starts\"; [ $(wc -l < \"$MOSS_STATE/starts\") -gt 1 ] && { echo yes > \"$MOSS_STATE/again\"; sleep 1000; }";
        var first = await StartAsync(Script);
        using var patience = new CancellationTokenSource(World.Patience);
        await Host.EndOfAsync(Instance, first, patience.Token);

        var second = await StartAsync(Script);

        (await ReadAsync("again")).ShouldBe("yes\n");
        second.ShouldNotBe(first);
        (await Host.LivesAsync(Instance, second, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Tidying_leaves_alone_what_is_current()
    {
        var process = await StartAsync("sleep 1000");

        await Host.TidyAsync(Substrate, Instance, default);

        (await Host.FindAsync(Instance, default)).ShouldBe(process);
    }

    [Fact]
    public async Task Forgetting_a_state_that_is_not_there_is_fine() => await Host.ForgetStateAsync("other", default);

    [Fact]
    public async Task Ready_is_said_when_instances_can_be_run() => await Host.ReadyAsync(default);

    private async Task<string> LastWordsAsync(InstanceStart.Running start, CancellationToken cancellationToken)
    {
        await Host.EndOfAsync(Instance, start.Process, cancellationToken);
        return await Host.LogTailAsync(Substrate, Instance, 1000, cancellationToken);
    }

    /// <summary>The instance with this script, started.</summary>
    private protected async Task<InstanceProcess> StartAsync(string script) =>
        (await Host.StartAsync(Launch(["/bin/sh", "-c", script]))).ShouldBeOfType<InstanceStart.Running>().Process;

    private protected abstract InstanceLaunch Launch(ImmutableArray<string> command);

    /// <summary>A file of the state; waits until it is there.</summary>
    private protected async Task<string> ReadAsync(string file)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        while (true)
        {
            if (await TryReadAsync(file) is { } content)
            {
                return content;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>A file of the state; null when it is not there.</summary>
    private protected abstract Task<string?> TryReadAsync(string file);

    private protected static DeployStep Step(ImmutableArray<string> command) =>
        new(command) { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("COLOUR", "green") };
}
