using System.Diagnostics;
using Microsoft.Extensions.Options;
using Moss.Contracts.Deployment;
using Moss.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>A Moss that stands still in the middle of a swap is not dead: another one keeps its hands off until it is.</summary>
[Collection(DockerCollection.Name)]
public sealed class HungDeployerTests(DockerUnderTest docker)
{
    [Fact]
    public async Task While_the_first_one_hangs_a_second_one_changes_nothing_and_then_gives_the_same_answer()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var (hangs, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var changes = new List<EngineChange>();
        subject.World.Around.Engine = async (change, effect) =>
        {
            changes.Add(change);
            if (change.Call == "stop" && hangs.TrySetResult())
            {
                await goesOn.Task;
            }

            await effect();
        };
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await using var first = subject.World.Moss();
        await using var second = subject.World.Moss();
        var promoting = first.PromoteAsync(command);
        await hangs.Task;
        var before = changes.Count;

        var recovering = second.Recovery.RecoverAsync(first: true, default);
        var repeated = second.PromoteAsync(command);
        await second.Recovery.RecoverAsync(first: false, default);

        changes.Count.ShouldBe(before);
        (recovering.IsCompleted || repeated.IsCompleted).ShouldBeFalse();
        goesOn.SetResult();
        var answer = (await promoting).ShouldBeOfType<CandidatePromoted>();
        (await repeated).ShouldBeOfType<CandidatePromoted>().DowntimeSeconds.ShouldBe(answer.DowntimeSeconds, "the answer is read from the journal");
        await recovering;
        await subject.AssertOneAsync("better");
        (await subject.StartsAsync()).ShouldBe(["healthy", "better"]);
    }

    [Fact]
    public async Task A_process_that_is_stopped_holds_its_lock_and_one_that_is_killed_does_not()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await using (var killed = subject.World.Moss(KillSwitch.After<PreviousStopped>()))
        {
            await Should.ThrowAsync<KilledException>(killed.PromoteAsync(command));
        }

        using var holder = await StoppedHolderAsync(new DeploymentFolders(Options.Create(new DeploymentOptions { Folder = subject.World.Folder })).Lock(World.Substrate));
        var changes = new List<EngineChange>();
        subject.World.Around.Engine = (change, effect) =>
        {
            changes.Add(change);
            return effect();
        };
        await using var second = subject.World.Moss();

        await second.Recovery.RecoverAsync(first: false, default);
        changes.ShouldBeEmpty();

        holder.Kill();
        await holder.WaitForExitAsync();
        await second.Recovery.RecoverAsync(first: false, default);
        changes.ShouldNotBeEmpty();
        await subject.AssertOneAsync("better");
    }

    // Takes the lock as Moss does, and is stopped by the kernel then.
    private static async Task<Process> StoppedHolderAsync(string file)
    {
        const string Script = """
            import fcntl, os, signal, sys
            lock = open(sys.argv[1], "a")
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            print("held", flush=True)
            os.kill(os.getpid(), signal.SIGSTOP)
            """;
        var holder = Process.Start(new ProcessStartInfo("python3", ["-c", Script, file]) { RedirectStandardOutput = true })!;
        (await holder.StandardOutput.ReadLineAsync()).ShouldBe("held");
        return holder;
    }
}
