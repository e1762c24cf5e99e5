using System.Collections.Immutable;
using System.Text;
using Moss.Containers.Building;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Images;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Building;

/// <summary>Which images of commits are taken away, at a real daemon.</summary>
[Collection(DockerCollection.Name)]
public sealed class CommitImageSweepTests(DockerUnderTest docker) : IAsyncLifetime
{
    private const string Substrate = "swept";

    private static readonly TimeSpan Retention = TimeSpan.FromDays(2);
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly string commit = $"{Guid.NewGuid():N}00000000";
    private readonly string container = $"test-{Guid.NewGuid():N}";

    private string Tag => $"moss/{Substrate}:{commit}";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await docker.Engine.Containers.RemoveAsync(container, Never);
        foreach (var image in await docker.Engine.Images.ListAsync([$"moss.commit={commit}"], Never))
        {
            await docker.Engine.Images.RemoveAsync(image.Id, Never);
        }
    }

    [Fact]
    public async Task An_old_one_is_removed_and_a_young_one_is_not()
    {
        await BuildAsync(Tag);

        await SweepAsync(TimeSpan.FromDays(1));
        (await AllAsync()).ShouldHaveSingleItem();

        await SweepAsync(TimeSpan.FromDays(3));
        (await AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_a_container_is_made_of_stays_whether_it_runs_or_not()
    {
        var image = await BuildAsync(Tag);
        await docker.Engine.Containers.CreateAsync(container, new ContainerSpec(image) { Entrypoint = ["/bin/true"], HostConfig = new HostConfig { NetworkMode = "none" } }, Never);

        await SweepAsync(TimeSpan.FromDays(3));

        (await docker.Engine.Images.InspectAsync(Tag, Never)).Id.ShouldBe(image);
    }

    [Fact]
    public async Task One_with_a_name_of_its_own_stays_under_that_name()
    {
        var image = await BuildAsync(Tag);
        await docker.Engine.Images.TagAsync(image, $"moss/{Substrate}", $"kept-{commit}", Never);

        await SweepAsync(TimeSpan.FromDays(3));

        (await docker.Engine.Images.InspectAsync($"moss/{Substrate}:kept-{commit}", Never)).Id.ShouldBe(image);
        await docker.Engine.Images.RemoveAsync($"moss/{Substrate}:kept-{commit}", Never);
    }

    [Fact]
    public async Task One_that_has_no_name_is_removed_after_an_hour()
    {
        await BuildAsync(null);

        await SweepAsync(TimeSpan.FromMinutes(50));
        (await AllAsync()).ShouldHaveSingleItem();

        await SweepAsync(TimeSpan.FromMinutes(70));
        (await AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_only_has_a_name_like_it_stays()
    {
        await docker.Engine.Images.TagAsync(docker.Server.Image, $"moss/{Substrate}", commit, Never);

        await SweepAsync(TimeSpan.FromDays(3));

        (await docker.Engine.Images.InspectAsync(Tag, Never)).Id.ShouldBe(docker.Server.Image);
        await docker.Engine.Images.RemoveAsync(Tag, Never);
    }

    private Task SweepAsync(TimeSpan later)
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow() + later);
        return new CommitImageSweep(docker.Engine, Retention, clock).RunAsync(Never);
    }

    private Task<ImmutableArray<ImageSummary>> AllAsync() => docker.Engine.Images.ListAsync([$"moss.commit={commit}"], Never);

    private async Task<string> BuildAsync(string? tag)
    {
        var request = new ImageBuildRequest
        {
            Tag = tag,
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("moss.substrate", Substrate).Add("moss.commit", commit).Add("moss.recipe", "r"),
        };
        var build = await docker.Engine.Images.BuildAsync(
            TarPacking.Files([new("Dockerfile", Encoding.UTF8.GetBytes($"FROM moss-test:small\nENV COMMIT={commit}\n"))]), request, null, Never);
        return build.ShouldBeOfType<ImageBuild.Built>(build.ToString()).Image;
    }
}
