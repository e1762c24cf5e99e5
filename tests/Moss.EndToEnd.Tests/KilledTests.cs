using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests;

/// <summary>Moss is killed without warning again and again while it works.</summary>
public sealed class KilledTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Kills = 20;

    private readonly MossBench bench = new();

    public Task InitializeAsync() => bench.InitializeAsync();

    public Task DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Killed_at_twenty_random_moments_an_evolution_ends_as_one_that_nobody_disturbed()
    {
        var calm = await BeginAsync("till-calm");
        var calmEnd = await calm.RunAsync();
        var calmTimeline = await calm.TimelineAsync();
        calmEnd.Ending.ShouldNotBeNull();
        calmEnd.Ending.Promoted.ShouldBeTrue(calmEnd.Ending.Reason);

        output.WriteLine(string.Join('\n', calmTimeline.Select(entry => $"{entry.Version} {entry.Name} after {entry.At - calmTimeline[0].At}")));
        var seed = Seeds.Choose();
        var moments = Moments.Choose(calmTimeline, Kills, seed);
        output.WriteLine($"seed {seed} (set {Seeds.Variable} to repeat it): {string.Join(", ", moments)}");

        var killed = await BeginAsync("till-killed");
        foreach (var moment in moments)
        {
            await killed.ReachAsync(moment.After);
            await moment.PassAsync();
            await bench.KillMossAsync();
            await bench.StartMossAsync();
        }

        var end = await killed.RunAsync();
        output.WriteLine(bench.Complaints);

        end.Ending.ShouldBe(calmEnd.Ending);
        end.Change!.DiffArtifact.ShouldBe(calmEnd.Change!.DiffArtifact);
        await NothingWasDoneTwiceAsync(killed, calmTimeline.Names());
        await killed.OneHealthyInstanceServesAsync(new TillHealth(Sample: 90, Sales: 1));
        (await killed.AuditAsync()).Ok.ShouldBeTrue();

        (await bench.StopMossAsync()).ShouldBe(0);
        Remains.Of(bench, calm.Till, killed.Till).ShouldBeEmpty();
    }

    private async Task<Course> BeginAsync(string name)
    {
        var course = new Course(bench, bench.Till(name, Scripts.Repairs));
        await course.OpenAsync(deploy: true);
        await course.Till.SellAsync();
        await course.BeginAsync();
        return course;
    }

    private async Task NothingWasDoneTwiceAsync(Course course, IReadOnlyList<string> undisturbed)
    {
        var timeline = await course.TimelineAsync();
        timeline.Names().ShouldBe(undisturbed, "the same history, event by event");
        timeline.Answers().ShouldBeUnique();
        bench.Desk.CallsFor(course.Till.Name).Where(call => call.StoredBefore).Select(call => call.Key)
            .ShouldBeEmpty("no agent is called for a stage whose answer is stored");
        foreach (var stage in timeline.Stages().Where(stage => !stage.Contains(".promote.", StringComparison.Ordinal)))
        {
            (await bench.IsStoredAsync(stage)).ShouldBeTrue(stage);
        }
    }
}
