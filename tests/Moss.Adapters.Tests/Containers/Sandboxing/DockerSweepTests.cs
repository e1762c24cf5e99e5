using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moss.Adapters.Tests.Containers.Engine;
using Moss.Containers.Sandboxing;
using Moss.Processes;

namespace Moss.Adapters.Tests.Containers.Sandboxing;

/// <summary>Whose containers are swept up.</summary>
public sealed class DockerSweepTests
{
    private const long Made = 1_700_000_000;

    private static readonly ProcessIdentity Dead = ProcessTable.Self with { StartTicks = 1 };

    private readonly ConcurrentQueue<string> removed = new();

    [Fact]
    public async Task Of_a_process_that_is_gone_and_of_none_that_lives()
    {
        (await SweepAsync("moss-sandbox-1", $"/{Dead}")).ShouldBeTrue();
        (await SweepAsync("moss-sandbox-1", $"/{ProcessTable.Identify(1)}")).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_this_process_what_it_is_done_with_and_nothing_that_it_has_in_use()
    {
        var name = LiveContainers.Take();
        (await SweepAsync(name, $"/{ProcessTable.Self}")).ShouldBeFalse();

        LiveContainers.GiveBack(name);
        (await SweepAsync(name, $"/{ProcessTable.Self}")).ShouldBeTrue();
    }

    [Fact]
    public async Task None_that_an_image_s_label_only_makes_look_like_one() =>
        (await SweepAsync("desk-agent", $"/{Dead}")).ShouldBeFalse();

    [Fact]
    public async Task None_whose_label_cannot_be_read() => (await SweepAsync("moss-sandbox-1", "somebody")).ShouldBeFalse();

    [Theory]
    [InlineData(404, false, 0, true)]
    [InlineData(200, false, -10, true)]
    [InlineData(200, true, -10, false)]
    [InlineData(200, true, 10, true)]
    public async Task Of_a_Moss_in_a_container_that_is_gone_has_ended_or_was_started_again(int status, bool running, int started, bool swept) =>
        (await SweepAsync("moss-sandbox-1", $"runner/{Dead}", context => FakeEngineServer.WriteAsync(context, status, $$$"""
            {"Id":"runner","Name":"/runner","Image":"i","Created":"2020-01-01T00:00:00Z","Mounts":[],"Config":{"Image":"i"},"State":{"Status":"x","Running":{{{(running ? "true" : "false")}}},
            "OOMKilled":false,"ExitCode":0,"StartedAt":"{{{DateTimeOffset.FromUnixTimeSeconds(Made + started).ToString("O", CultureInfo.InvariantCulture)}}}"}}
            """))).ShouldBe(swept);

    private async Task<bool> SweepAsync(string name, string owner, Func<HttpContext, Task>? inspect = null)
    {
        removed.Clear();
        await using var fake = await FakeEngineServer.StartAsync(async context =>
        {
            if (context.Request.Method == "DELETE")
            {
                removed.Enqueue(context.Request.Path.Value!.Split('/')[^1]);
                context.Response.StatusCode = 204;
            }
            else if (context.Request.Path.Value!.EndsWith("/containers/json", StringComparison.Ordinal))
            {
                await context.Response.WriteAsync(
                    $$"""[{"Id":"abc","Names":["/{{name}}"],"Image":"i","State":"running","Created":{{Made}},"Labels":{"moss.owner":"{{owner}}"} }]""");
            }
            else
            {
                await inspect!(context);
            }
        });

        var count = await new DockerSweep(fake.Client).RunAsync(CancellationToken.None);

        count.ShouldBe(removed.Count);
        return removed.Contains("abc");
    }
}
