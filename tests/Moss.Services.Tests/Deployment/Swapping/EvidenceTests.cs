using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>What is known of a version that was undone outlives its container.</summary>
[Collection(DockerCollection.Name)]
public sealed class EvidenceTests(DockerUnderTest docker)
{
    [Fact]
    public async Task What_it_printed_how_it_ended_and_what_it_answered_can_be_read_when_its_container_is_gone()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        subject.Declare(deploy => deploy with { Window = TimeSpan.FromSeconds(2) });
        var command = await subject.World.ImageCommandAsync(subject.World.Version("sick"));
        await using (var moss = subject.World.Moss())
        {
            await moss.PromoteAsync<PromotionRolledBack>(command);
        }

        await using var later = subject.World.Moss(keepReplaced: TimeSpan.Zero);
        await later.Recovery.RecoverAsync(first: false, default);

        (await subject.AllAsync()).ShouldHaveSingleItem("the one that was undone is removed");
        var undone = await later.PromoteAsync<PromotionRolledBack>(command);
        undone.Reason.ShouldContain("answered 500: sick");
        undone.LogTail.ShouldContain("starting sick");
        undone.LogTail.ShouldContain("ended with exit code");
        undone.Probes.ShouldContain(probe => probe.Detail.Contains("answered 500: sick", StringComparison.Ordinal));
        var marker = (await subject.World.JournalAsync(command)).OfType<PromotionPlanned>().Single().Plan.Candidate.Marker;
        (await File.ReadAllTextAsync(subject.Folders.Log(World.Substrate, marker))).ShouldContain("starting sick");
    }

    [Fact]
    public async Task That_it_ran_out_of_memory_is_kept_too()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, body =>
        {
            var host = (JsonObject)body["HostConfig"]!;
            (host["Memory"], host["MemorySwap"]) = (64L << 20, 64L << 20);
        });
        await using var moss = subject.World.Moss();

        var undone = await moss.PromoteAsync<PromotionRolledBack>(await subject.World.ImageCommandAsync(subject.World.Version("greedy")));

        undone.Reason.ShouldContain("process ended");
        undone.LogTail.ShouldContain("[ended with exit code 137, out of memory]");
        await subject.AssertOneAsync("healthy");
    }
}
