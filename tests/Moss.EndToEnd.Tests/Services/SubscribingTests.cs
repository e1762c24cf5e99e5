using System.Diagnostics;
using Moss.EndToEnd.Tests.Agents;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>Somebody else's program hears of every verdict.</summary>
public sealed class SubscribingTests(ServicesBench bench, ITestOutputHelper output) : IClassFixture<ServicesBench>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What is told, by the name that it has in a timeline.</summary>
    private static readonly Dictionary<string, string> Told = new(StringComparer.Ordinal)
    {
        ["evolution.started.v1"] = "evolution.started.till-told",
        ["evolution.iteration-ruled.v1"] = "verdict.converged.till-told",
        ["evolution.consent-requested.v1"] = "consent.requested.till-told",
        ["evolution.candidate-promoted.v1"] = "promotion.promoted.till-told",
        ["evolution.ended.v1"] = "evolution.ended.converged.till-told",
    };

    [Fact]
    public async Task A_subscriber_hears_all_of_an_evolution_in_order_while_the_publisher_is_killed_again_and_again()
    {
        await using var subscriber = await PikaSubscriber.StartAsync(bench.Rabbit.Address, "#");
        var course = await bench.BeginAsync("till-told", Scripts.But("propose-verdict", async call =>
        {
            // The stages go on while nobody publishes.
            await bench.The("Orchestrator").KillAsync();
            await bench.The("Orchestrator").StartAsync();
            return Scripts.Good(call.Role);
        }));
        await FollowedAsync(() => course.ReachAsync("evolution.consent-requested.v1"));
        await bench.The("Orchestrator").KillAsync();
        await bench.The("Orchestrator").StartAsync();

        var end = await FollowedAsync(course.RunAsync);
        end.Ending.ShouldNotBeNull().Promoted.ShouldBeTrue(end.Ending.Reason);
        await bench.The("Orchestrator").KillAsync();
        await bench.The("Orchestrator").StartAsync();

        var all = await subscriber.UntilAsync(message => message.RoutingKey.StartsWith("evolution.ended.", StringComparison.Ordinal));
        var once = all.DistinctBy(message => message.Id).ToList();
        var timeline = (await course.TimelineAsync()).Where(entry => Told.ContainsKey(entry.Name)).ToList();
        once.Select(message => (message.Version, message.RoutingKey)).ShouldBe(timeline.Select(entry => (entry.Version, Told[entry.Name])));
        timeline.Select(entry => entry.Name).ShouldBe(Told.Keys);
        foreach (var message in all)
        {
            (message.ContentType, message.MessageId, message.Persistent).ShouldBe(("application/cloudevents+json", message.Id, true));
            message.Event.GetProperty("specversion").GetString().ShouldBe("1.0");
            message.Event.GetProperty("subject").GetGuid().ShouldBe(course.Id);
        }
    }

    private Task FollowedAsync(Func<Task> follow) => FollowedAsync(async () =>
    {
        await follow();
        return true;
    });

    /// <summary>Whoever follows is cut off when the orchestrator dies, and asks again.</summary>
    private async Task<T> FollowedAsync<T>(Func<Task<T>> follow)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await follow();
            }
            catch (Exception cut) when (since.Elapsed < Patience && cut is not OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            }
            catch
            {
                output.WriteLine(bench.Said);
                throw;
            }
        }
    }
}
