using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;
using Moss.Testing.Docker;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>The engine's disk runs full in the middle. Where no disk can be mounted these tests fail: nothing else shows this.</summary>
[Trait("Duration", "long")]
public sealed class FullDiskTests(FullDiskTests.SmallDisk docker) : IClassFixture<FullDiskTests.SmallDisk>
{
    [Fact]
    public async Task A_new_container_for_which_there_is_no_room_leaves_the_old_one_as_it_was()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var started = (await subject.InspectAsync())["State"]!["StartedAt"]!.GetValue<string>();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        using var fill = docker.Fill();
        subject.World.Around.Engine = async (change, effect) =>
        {
            // After everything was looked at: before, the lack of room is seen and refused.
            if (change.Call == "make")
            {
                await fill.TakeAsync(leaving: 0);
            }

            await effect();
        };
        await using var moss = subject.World.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command);

        refused.Reason.ShouldContain("the new container cannot be made");
        refused.Reason.ShouldContain("no space left on device");
        (await subject.InspectAsync())["State"]!["StartedAt"]!.GetValue<string>().ShouldBe(started);
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
    }

    [Fact]
    public async Task A_disk_without_room_for_the_image_twice_is_told_before_anything_is_done()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        var changes = new List<EngineChange>();
        subject.World.Around.Engine = (change, effect) =>
        {
            changes.Add(change);
            return effect();
        };
        using var fill = docker.Fill();
        await fill.TakeAsync(leaving: 0);
        await using var moss = subject.World.Moss();

        (await moss.PromoteAsync<PromotionRefused>(command)).Reason.ShouldContain("make room for 2 times as much");

        changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task State_for_whose_copy_there_is_no_room_is_served_by_the_old_version_again()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, WritesMuch, new SwapTarget { Snapshot = ["/state"] });
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        using var fill = docker.Fill();
        subject.World.Around.Engine = async (change, effect) =>
        {
            // Room for the container that copies, and not for the copy.
            if (change.Call == "make volume")
            {
                await fill.TakeAsync(leaving: 2);
            }

            await effect();
        };
        await using var moss = subject.World.Moss();

        var answer = await moss.PromoteAsync(command);

        var journal = await subject.World.JournalAsync(command);
        journal.OfType<SnapshotFailed>().ShouldHaveSingleItem(answer.ToString()).Reason.ShouldContain("the copy ended with exit code 1");
        answer.ShouldBeOfType<PromotionRolledBack>(answer.ToString());
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
    }

    private static void WritesMuch(JsonObject body) =>
        body["Cmd"] = new JsonArray("sh", "-c", "test -f /state/much || head -c 8000000 /dev/zero >/state/much; exec python3 server.py");

    /// <summary>A daemon whose disk is small.</summary>
    public sealed class SmallDisk : DockerUnderTest
    {
        // Twice the image of the tests and what is made of it, and not much more.
        private const int Mebibytes = 700;

        /// <summary>Something that can take the room that there is.</summary>
        public Filling Fill() => new(this);

        /// <summary>The same daemon's root folder.</summary>
        public async Task<string> RootAsync() => (await Engine.System.InfoAsync(CancellationToken.None)).DockerRootDir;

        private protected override Task<DockerServer> StartAsync() => DockerServer.StartOnSmallDiskAsync(Mebibytes);
    }

    /// <summary>A file that fills the disk until it is disposed of.</summary>
    public sealed class Filling(SmallDisk docker) : IDisposable
    {
        private FileStream? file;

        /// <summary>Takes all the room but so many mebibytes; done again it takes nothing.</summary>
        public async Task TakeAsync(int leaving)
        {
            if (file is not null)
            {
                return;
            }

            var root = await docker.RootAsync();
            var room = new DriveInfo(root).AvailableFreeSpace - ((long)leaving << 20);
            file = new FileStream(
                Path.Combine(root, $"fill-{Guid.NewGuid():n}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose, PreallocationSize = room });
        }

        public void Dispose() => file?.Dispose();
    }
}
