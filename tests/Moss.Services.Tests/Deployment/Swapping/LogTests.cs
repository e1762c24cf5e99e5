using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>A person's container may write whatever log it likes; a swap waits for none of it.</summary>
[Collection(DockerCollection.Name)]
public sealed class LogTests(DockerUnderTest docker)
{
    [Theory]
    [InlineData("local", "starting sick")]
    [InlineData("none", "its log cannot be read")]
    public async Task Whatever_keeps_its_log_it_is_swapped_and_taken_back(string driver, string kept) =>
        await ShouldBeSwappedAsync(body => body["HostConfig"]!["LogConfig"] = new JsonObject { ["Type"] = driver }, kept);

    [Fact]
    public async Task One_with_a_terminal_is_swapped_and_taken_back() => await ShouldBeSwappedAsync(body => body["Tty"] = true, "starting sick");

    [Fact]
    public async Task Of_a_long_log_the_last_thousand_lines_are_kept()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, body => body["Cmd"] = new JsonArray("sh", "-c", "python3 -c 'print(*range(1, 5001), sep=chr(10))'; exec python3 server.py"));

        var undone = await UndoneAsync(subject);

        var log = await File.ReadAllLinesAsync(subject.Folders.Log(World.Substrate, undone.Marker));
        log.Length.ShouldBeLessThanOrEqualTo(1001);
        log.ShouldContain("5000");
        log.ShouldContain("starting sick");
        log.ShouldNotContain("3999");
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_down_holds_nothing_up()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        Directory.CreateDirectory(subject.Folders.Log(World.Substrate, (await subject.World.DeploymentAsync()).Current!.Marker) + ".part");
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

        await subject.AssertOneAsync("better");
        await subject.AssertArmedAsync();
    }

    private async Task ShouldBeSwappedAsync(Action<JsonObject> change, string kept)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, change);

        (await UndoneAsync(subject)).LogTail.ShouldContain(kept);

        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        await subject.AssertOneAsync("better");
        await subject.AssertArmedAsync();
    }

    private static async Task<(string LogTail, string Marker)> UndoneAsync(SwapSubject subject)
    {
        subject.Declare(deploy => deploy with { Window = TimeSpan.FromSeconds(2) });
        var command = await subject.World.ImageCommandAsync(subject.World.Version("sick"));
        await using var moss = subject.World.Moss();
        var undone = await moss.PromoteAsync<PromotionRolledBack>(command);
        return (undone.LogTail, (await subject.World.JournalAsync(command)).OfType<PromotionPlanned>().Single().Plan.Candidate.Marker);
    }
}
