using Moss.Contracts.Deployment;

namespace Moss.Services.Tests.Deployment;

/// <summary>Somebody sets the machine's clock while a version is probed, which must stay healthy for half a minute.</summary>
public sealed class SetClockTests
{
    private static readonly TimeSpan MinimumHealthy = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(10_000)]
    public async Task A_candidate_is_neither_promoted_early_nor_probed_for_longer(int hours)
    {
        await using var world = World.Fake();
        await world.ServingAsync();
        await using var moss = world.Moss();

        var took = await ProbedAsync(world, hours, () => moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better"))));

        took.ShouldBeInRange(MinimumHealthy, MinimumHealthy + TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(10_000)]
    public async Task A_first_version_neither_serves_early_nor_is_probed_for_longer(int hours)
    {
        await using var world = World.Fake();

        var took = await ProbedAsync(world, hours, world.ServingAsync);

        took.ShouldBeInRange(MinimumHealthy, MinimumHealthy + TimeSpan.FromSeconds(3));
    }

    // How long it took, by the time that nobody sets; in the middle of its rounds the clock is set.
    private static async Task<TimeSpan> ProbedAsync(World world, int hours, Func<Task> act)
    {
        world.Repository.Declaration = world.Repository.Declaration with
        {
            Deploy = world.Repository.Declaration.Deploy! with
            {
                Probes = [], Interval = TimeSpan.FromSeconds(1), Window = TimeSpan.FromSeconds(10), MinimumHealthy = MinimumHealthy,
            },
        };
        var (clock, asked) = ((HurryingClock)world.Clock, 0);
        var began = clock.GetTimestamp();
        world.Machine!.Asked = () =>
        {
            if (++asked == 40)
            {
                clock.Set(TimeSpan.FromHours(hours));
            }
        };
        await act();
        asked.ShouldBeGreaterThan(40);
        return clock.GetElapsedTime(began);
    }
}
