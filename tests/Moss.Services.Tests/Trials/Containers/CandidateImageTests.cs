using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Trials.Containers;

/// <summary>Candidates are built as images and tried in containers of them.</summary>
[Collection(DockerCollection.Name)]
public sealed class CandidateImageTests(DockerUnderTest docker) : IDisposable
{
    private readonly DeskRepository desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_candidate_is_built_as_an_image_and_checked_in_it()
    {
        await using var bench = await StartAsync();
        var candidate = desk.Repair();

        var built = await bench.AskAsync<CandidateBuilt>(bench.Build(candidate));

        var image = await docker.Engine.Images.InspectAsync(built.Image.ShouldNotBeNull(), CancellationToken.None);
        image.Id.ShouldBe(built.Image);
        image.RepoTags!.Value.ShouldContain($"moss/{desk.Name}:{candidate}");
        image.Config!.Labels!["moss.commit"].ShouldBe(candidate);
        (await ContainerBench.LeftAsync(docker.Engine)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("main.py", "this is no python", "Build", "returned a non-zero code")]
    [InlineData("tests/checks.py", "raise SystemExit('two of them fail')", "Tests", "exited with 1: two of them fail")]
    public async Task One_that_does_not_build_or_fails_a_check_is_refused_with_its_log(string path, string content, string step, string reason)
    {
        await using var bench = await StartAsync();

        var refused = await bench.AskAsync<CandidateRefused>(bench.Build(desk.Candidate((path, content))));

        (refused.Step, refused.Reason).ShouldSatisfyAllConditions(it => it.Step.ShouldBe(step), it => it.Reason.ShouldContain(reason));
        (await bench.Artifacts.FindAsync(refused.LogArtifact, CancellationToken.None)).ShouldNotBeNull().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Trials_in_images_end_as_they_should()
    {
        await using var bench = await StartAsync();
        var candidate = desk.Repair();
        var image = await bench.BuiltAsync(candidate);

        var outcomes = await bench.OutcomesAsync(bench.Trials(
            candidate, image, ("echo", 1), ("crash", 1), ("hang", 1), ("fork", 1), ("search", 1), ("closed", 1), ("where", 1), ("judged", 1)));

        outcomes.ShouldBe(
        [
            "closed Baseline Passed", "closed Candidate Passed",
            "crash Baseline Crashed", "crash Candidate Crashed",
            "echo Baseline Failed", "echo Candidate Passed",
            "fork Baseline Passed", "fork Candidate Passed",
            "hang Baseline TimedOut", "hang Candidate TimedOut",
            "judged Baseline Failed", "judged Candidate Passed",
            "search Baseline Passed", "search Candidate Passed",
            "where Baseline Passed", "where Candidate Passed",
        ]);
        (await ContainerBench.LeftAsync(docker.Engine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_image_than_the_one_that_was_built_is_not_tried()
    {
        await using var bench = await StartAsync();
        var candidate = desk.Repair();
        var image = await bench.BuiltAsync(candidate);

        var broke = await bench.AskAsync<StageBroke>(bench.Trials(candidate, "sha256:" + new string('0', 64), ("echo", 1)));

        broke.Reason.ShouldContain($"building it again gave {image}");
    }

    [Fact]
    public async Task Without_an_image_the_tree_is_mounted_into_the_engine_s_own()
    {
        using var plain = new DeskRepository(withImage: false);
        await using var bench = await ContainerBench.StartAsync(docker.Server.Socket, plain, ("Image", docker.Server.Image));
        var candidate = plain.Repair();
        (await bench.AskAsync<CandidateBuilt>(bench.Build(candidate))).Image.ShouldBeNull();

        var outcomes = await bench.OutcomesAsync(bench.Trials(candidate, null, ("echo", 1), ("search", 1), ("where", 1), ("judged", 1)));

        outcomes.ShouldBe(
        [
            "echo Baseline Failed", "echo Candidate Passed", "judged Baseline Failed", "judged Candidate Passed",
            "search Baseline Passed", "search Candidate Passed", "where Baseline Passed", "where Candidate Passed",
        ]);
    }

    [Fact]
    public async Task Without_any_image_the_stage_says_which_setting_is_missing()
    {
        using var plain = new DeskRepository(withImage: false);
        await using var bench = await ContainerBench.StartAsync(docker.Server.Socket, plain);

        (await bench.AskAsync<StageBroke>(bench.Build(plain.Repair()))).Reason.ShouldContain("image: none is named");
    }

    private Task<ContainerBench> StartAsync() => ContainerBench.StartAsync(docker.Server.Socket, desk);
}
