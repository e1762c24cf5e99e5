using System.Collections.Immutable;
using Moss.Containers.Building;
using Moss.Containers.Engine;
using Moss.Containers.Sandboxing;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Containers.Building;

/// <summary>Images of commits of a real repository, by a real daemon.</summary>
[Collection(DockerCollection.Name)]
public sealed class CommitImagesTests : IDisposable
{
    private const string Instructions = "ARG BASE\nFROM ${BASE}\nARG GREETING=none\nWORKDIR /srv/desk\nCOPY . .\nRUN echo \"$GREETING\" > /srv/greeting && chmod -R a+rX /srv\n";

    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly DockerUnderTest docker;
    private readonly TemporaryFolder data = new();
    private readonly TemporaryRepository source = new(("Dockerfile", Instructions), ("app.py", "print('first')\n"), ("scenarios/one.json", "{\"secret\": 1}"), (".dockerignore", "app.py\n"));
    private readonly string substrate = $"desk-{Guid.NewGuid():N}"[..30];
    private readonly CommitImages images;

    public CommitImagesTests(DockerUnderTest docker)
    {
        this.docker = docker;
        images = Another();
    }

    public void Dispose()
    {
        source.Dispose();
        data.Dispose();
    }

    [Fact]
    public async Task An_image_is_built_from_the_commit_and_found_again()
    {
        var request = Request(source.Head);
        (await images.FindAsync(request, Never)).ShouldBeNull();

        var id = await ReadyAsync(request);

        ContainerCheck.IsExact(id).ShouldBeTrue();
        (await RunAsync(id, "cat app.py ../greeting")).ShouldBe("print('first')\nhello world\n");
        (await ReadyAsync(request)).ShouldBe(id);
        (await Another().FindAsync(request, Never)).ShouldBe(id);
        var details = await docker.Engine.Images.InspectAsync(id, Never);
        details.Config!.Labels!.ShouldContain(new KeyValuePair<string, string>("moss.substrate", substrate));
        details.Config.Labels!.ShouldContain(new KeyValuePair<string, string>("moss.commit", source.Head));
        details.RepoTags!.Value.ShouldContain($"moss/{substrate}:{source.Head}");
    }

    [Fact]
    public async Task Neither_scenarios_nor_git_nor_what_moss_adds_for_the_builder_is_in_the_image()
    {
        var id = await ReadyAsync(Request(source.Head));

        (await RunAsync(id, "ls -A")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["Dockerfile", "app.py"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_candidate_cannot_change_how_it_is_built()
    {
        var start = source.Head;
        var candidate = source.Commit(
            "Cheat",
            ("Dockerfile", "FROM scratch\n"), (".moss.Dockerfile", "FROM scratch\n"), ("docker/Dockerfile", "FROM scratch\n"),
            (".dockerignore", "**\n"), (".gitattributes", "app.py export-ignore\n"), ("app.py", "print('second')\n"));

        var id = await ReadyAsync(Request(start, candidate));

        (await RunAsync(id, "cat app.py ../greeting")).ShouldBe("print('second')\nhello world\n");
        (await RunAsync(id, "ls -A")).ShouldNotContain(".moss");
    }

    [Fact]
    public async Task A_link_does_not_lead_the_builder_to_other_instructions()
    {
        var start = source.Commit("Elsewhere", ("docker/app", Instructions));
        Directory.Delete(source.Combine("docker"), recursive: true);
        source.Write("mine/app", "FROM scratch\n");
        File.CreateSymbolicLink(source.Combine("docker"), "mine");
        File.CreateSymbolicLink(source.Combine(".moss.Dockerfile"), "mine/app");
        var candidate = source.Commit("Cheat");

        var id = await ReadyAsync(Request(start, candidate) with { Image = Step with { Dockerfile = "docker/app" } });

        (await RunAsync(id, "cat app.py")).ShouldBe("print('first')\n");
    }

    [Fact]
    public async Task Other_instructions_or_arguments_make_another_image_of_the_same_commit()
    {
        var first = await ReadyAsync(Request(source.Head));

        var second = await ReadyAsync(Request(source.Head) with { Image = Step with { Arguments = Step.Arguments.SetItem("GREETING", "bye") } });

        second.ShouldNotBe(first);
        (await RunAsync(second, "cat ../greeting")).ShouldBe("bye\n");
        (await RunAsync(first, "cat ../greeting")).ShouldBe("hello world\n");
    }

    [Fact]
    public async Task One_that_only_carries_the_labels_is_not_taken()
    {
        var request = Request(source.Head);
        var id = await ReadyAsync(request);
        await docker.Engine.Images.TagAsync(docker.Server.Image, $"moss/{substrate}", source.Head, Never);

        (await images.FindAsync(request, Never)).ShouldBeNull();
        (await ReadyAsync(request)).ShouldBe(id, "the builder remembers every step");
    }

    [Fact]
    public async Task Several_who_want_the_same_get_the_same()
    {
        var request = Request(source.Head);

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadyAsync(request)).Concat([Task.Run(async () => Id(await Another().GetAsync(request, Never)))]));

        ids.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_commit_that_does_not_build_is_refused_with_the_last_of_the_log()
    {
        var start = source.Commit("Build", ("Dockerfile", Instructions + "RUN python3 -c \"print('x' * 70000)\" && python3 app.py\n"));
        var broken = source.Commit("Break", ("app.py", "raise SystemExit('it is broken')\n"));

        var refused = (await images.GetAsync(Request(start, broken), Never)).ShouldBeOfType<CommitImage.Refused>();

        refused.Reason.ShouldContain("returned a non-zero code: 1");
        refused.Log.ShouldStartWith("[cut before this]");
        refused.Log.ShouldContain("it is broken");
        (await images.GetAsync(Request(start), Never)).ShouldBeOfType<CommitImage.Ready>();
    }

    [Theory]
    [InlineData("FROM moss-test:small\nFLY away\n", "FLY")]
    [InlineData("", "empty")]
    [InlineData("FROM moss-test:small\nCOPY nowhere /\n", "nowhere")]
    public async Task Instructions_that_cannot_be_followed_are_refused(string instructions, string word)
    {
        var commit = source.Commit("Instructions", ("Dockerfile", instructions));

        (await images.GetAsync(Request(commit), Never)).ShouldBeOfType<CommitImage.Refused>().Reason.ShouldContain(word);
    }

    [Fact]
    public async Task A_base_commit_without_instructions_is_refused() =>
        (await images.GetAsync(Request(source.Head) with { Image = Step with { Dockerfile = "docker/app" } }, Never))
            .ShouldBeOfType<CommitImage.Refused>().Reason.ShouldBe($"image.dockerfile: there is no file 'docker/app' in commit {source.Head}");

    [Fact]
    public async Task A_build_has_no_network_unless_declared()
    {
        var commit = source.Commit("Reach", ("Dockerfile", Instructions + "RUN ls /sys/class/net > /srv/net\n"));

        (await RunAsync(await ReadyAsync(Request(commit)), "cat /srv/net")).ShouldBe("lo\n");
        var declared = Request(commit) with { Image = Step with { Network = true } };
        CommitImages.HowToBuild(declared, CommitImageName.Of(declared, []), new CommitImageOptions()).Network.ShouldBe("default");
    }

    [Fact]
    public async Task A_build_that_takes_too_long_is_refused_and_leaves_no_container()
    {
        var commit = source.Commit("Slow", ("Dockerfile", Instructions + "RUN sleep 1000\n"));

        (await images.GetAsync(Request(commit) with { Image = Step with { Timeout = TimeSpan.FromSeconds(3) } }, Never))
            .ShouldBeOfType<CommitImage.Refused>().Reason.ShouldBe("was not built within 3 s");
        (await docker.Engine.Images.ListAsync([$"moss.substrate={substrate}"], Never)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_engine_that_is_away_says_nothing_about_the_commit()
    {
        using var nobody = new EngineClient(new EngineOptions { Socket = data.Combine("no.sock") }, TimeProvider.System);

        (await Should.ThrowAsync<EngineException>(Another(nobody).GetAsync(Request(source.Head), Never))).Kind.ShouldBe(EngineFailure.Unreachable);
    }

    private static ImageStep Step => new("Dockerfile")
    {
        Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("BASE", "moss-test:small").Add("GREETING", "hello world"),
    };

    private CommitImageRequest Request(string start, string? commit = null) => new(source.Path, substrate, Step, "scenarios", new(start), new(commit ?? start));

    private CommitImages Another(EngineClient? engine = null) => new(
        engine ?? docker.Engine, new GitWorkspaces(new WorkspaceSettings(data.Path), new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System), TimeProvider.System),
        new CommitImageOptions(), TimeProvider.System);

    private async Task<string> ReadyAsync(CommitImageRequest request) => Id(await images.GetAsync(request, Never));

    private static string Id(CommitImage image) => image.ShouldBeOfType<CommitImage.Ready>(image.ToString()).Id;

    private async Task<string> RunAsync(string image, string script)
    {
        var result = await new DockerSandboxEngine(docker.Engine, new DockerSandboxOptions(), TimeProvider.System).RunAsync(
            new SandboxSpec(["/bin/sh", "-c", script]) { Image = image, WorkingDirectory = "/srv/desk" }, Never);
        result.ShouldBeOfType<SandboxResult.Exited>(result.ToString()).Code.ShouldBe(0, result.Error);
        return result.Output;
    }
}
