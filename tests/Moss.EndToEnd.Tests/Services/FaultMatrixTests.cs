using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Substrates;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>
/// kill -9 of every service in every stage. One evolution loses one service in each of its stages; over as many evolutions as
/// there are services, each service is lost in each stage. One of them runs always, all with ./test --long.
/// </summary>
public sealed class FaultMatrixTests(ServicesBench bench, ITestOutputHelper output) : IClassFixture<ServicesBench>
{
    private const int LongestPause = 1500;

    public static TheoryData<int> Shifts =>
        Environment.GetEnvironmentVariable("MOSS_TEST_LONG") == "1" ? [.. Enumerable.Range(0, ServicesBench.AllNames.Count)] : [3];

    [Theory]
    [MemberData(nameof(Shifts))]
    public async Task An_evolution_that_loses_a_service_in_every_stage_ends_as_one_that_loses_none(int shift)
    {
        var seed = Seeds.Choose();
        var random = new Random(seed);
        var course = await bench.BeginAsync($"till-matrix-{shift}", Scripts.Repairs);

        var kills = new List<string>();
        for (var (stage, version) = (0, -1L); await course.NextAsync("evolution.stage-requested.v1", version) is { } entry; stage++)
        {
            version = entry.Version;
            var name = ServicesBench.AllNames[(stage + shift) % ServicesBench.AllNames.Count];
            var pause = random.Next(LongestPause);
            kills.Add($"{name} {pause} ms after event {version}");
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System);
            await bench.The(name).KillAsync();
            await bench.The(name).StartAsync();
        }

        output.WriteLine($"seed {seed} (set {Seeds.Variable} to repeat it): {string.Join(", ", kills)}");
        kills.Count.ShouldBeGreaterThanOrEqualTo(9, "one in every stage");
        foreach (var name in ServicesBench.AllNames)
        {
            await ServicesBench.ReadyAsync(bench.The(name));
        }

        var end = await course.ViewAsync();
        end.Ending.ShouldNotBeNull();
        (end.Ending.Verdict, end.Ending.Promoted).ShouldBe(("Converged", true), $"{end.Ending.Reason}\n{bench.Said}");
        (await course.TimelineAsync()).Answers().ShouldBeUnique();
        bench.Desk.CallsFor(course.Till.Name).Where(call => call.StoredBefore).Select(call => call.Key)
            .ShouldBeEmpty("no agent is called for a stage whose answer is stored");
        await course.OneHealthyInstanceServesAsync(new TillHealth(Sample: 90, Sales: 1));
        (await course.AuditAsync()).Ok.ShouldBeTrue();
        await course.DecisionsFollowFromWhatIsStoredAsync();
    }
}
