using Moss.Containers.Engine.Containers;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Processes;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Testing;

namespace Moss.Services.Tests.Trials.Containers;

/// <summary>The daemon is killed, is away, or loses its Moss; no trial is judged by that, and nothing is left.</summary>
[Collection(DockerCollection.Name)]
public sealed class EngineLossTests(DockerUnderTest docker) : IDisposable
{
    private readonly DeskRepository desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_daemon_that_is_killed_in_the_middle_changes_no_result_and_leaves_no_container()
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var bench = await StartAsync();
        var candidate = desk.Repair();
        var image = await bench.BuiltAsync(candidate);
        await bench.SendAsync(bench.Trials(candidate, image, ("slow", 4), ("echo", 2)));
        await Eventually.HoldsAsync(async () => bench.Finished > 0 && (await ContainerBench.LeftAsync(docker.Engine)).Count > 0);

        await docker.Server.KillAsync();
        await docker.Server.RestartAsync();

        ContainerBench.Outcomes(await bench.AnswerAsync<TrialsCompleted>()).ShouldBe(
        [
            "echo Baseline Failed", "echo Baseline Failed", "echo Candidate Passed", "echo Candidate Passed",
            .. Enumerable.Repeat("slow Baseline Passed", 4), .. Enumerable.Repeat("slow Candidate Passed", 4),
        ]);
        await bench.Containers.Containers.RunAsync(CancellationToken.None);
        (await ContainerBench.LeftAsync(docker.Engine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_daemon_that_is_away_when_a_stage_begins_is_waited_for()
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var bench = await StartAsync();
        await docker.Server.KillAsync();

        await bench.SendAsync(bench.Build(desk.Repair()));
        await docker.Server.RestartAsync();

        (await bench.AnswerAsync<CandidateBuilt>()).Image.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_container_that_is_killed_from_outside_is_not_held_against_what_ran_in_it()
    {
        await using var bench = await StartAsync();
        var candidate = desk.Repair();
        var image = await bench.BuiltAsync(candidate);
        await bench.SendAsync(bench.Trials(candidate, image, ("slow", 1)));
        IReadOnlyList<string> running = [];
        await Eventually.HoldsAsync(async () => (running = await RunningAsync()).Count > 0);

        await docker.Engine.Containers.KillAsync(running[0], "SIGKILL", CancellationToken.None);

        ContainerBench.Outcomes(await bench.AnswerAsync<TrialsCompleted>()).ShouldBe(["slow Baseline Passed", "slow Candidate Passed"]);
    }

    [Fact]
    public async Task A_daemon_that_stays_away_breaks_the_stage_for_a_passing_reason()
    {
        await using var bench = await ContainerBench.StartAsync("/nowhere/docker.sock", desk, ("Patience", "00:00:00"));

        var broke = await bench.AskAsync<StageBroke>(bench.Build(desk.Repair()));

        (broke.Reason, broke.Transient).ShouldSatisfyAllConditions(
            it => it.Reason.ShouldContain("no image could be made: The container engine does not answer at /nowhere/docker.sock"), it => it.Transient.ShouldBeTrue());
    }

    [Fact]
    public async Task What_a_killed_runner_left_is_removed_by_one_that_lives_and_nothing_else()
    {
        var dead = await MakeAsync($"moss-sandbox-{Guid.NewGuid():N}", ProcessTable.Self with { StartTicks = 1 });
        var alive = await MakeAsync($"moss-sandbox-{Guid.NewGuid():N}", ProcessTable.Identify(1)!);
        var deployed = await MakeAsync($"desk-{Guid.NewGuid():N}", ProcessTable.Self with { StartTicks = 1 });
        await using var bench = await ContainerBench.StartAsync(docker.Server.Socket, desk, ("SweepInterval", "00:00:01"));

        await Eventually.HoldsAsync(async () => !(await ContainerBench.LeftAsync(docker.Engine)).Contains("/" + dead));
        var late = await MakeAsync($"moss-sandbox-{Guid.NewGuid():N}", ProcessTable.Self with { StartTicks = 1 });
        await Eventually.HoldsAsync(async () => !(await ContainerBench.LeftAsync(docker.Engine)).Contains("/" + late));

        foreach (var kept in (string[])[alive, deployed])
        {
            await docker.Engine.Containers.InspectAsync(kept, CancellationToken.None);
            await docker.Engine.Containers.RemoveAsync(kept, CancellationToken.None);
        }
    }

    private Task<ContainerBench> StartAsync() => ContainerBench.StartAsync(docker.Server.Socket, desk);

    private async Task<IReadOnlyList<string>> RunningAsync() =>
        [.. (await docker.Engine.Containers.ListAsync(["moss.stage=i1.trial.r1"], CancellationToken.None)).Where(container => container.State == "running").Select(container => container.Id)];

    private async Task<string> MakeAsync(string name, ProcessIdentity owner)
    {
        await docker.Engine.Containers.CreateAsync(
            name,
            new ContainerSpec(docker.Server.Image) { Entrypoint = ["/bin/sleep", "1000"], Labels = new Dictionary<string, string> { ["moss.owner"] = $"/{owner}" }, HostConfig = new HostConfig { NetworkMode = "none" } },
            CancellationToken.None);
        return name;
    }
}
