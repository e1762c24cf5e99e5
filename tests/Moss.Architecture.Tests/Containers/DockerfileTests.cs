using Moss.Testing;

namespace Moss.Architecture.Tests.Containers;

public sealed class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "Dockerfile"));

    public static TheoryData<string> Services => [.. ComposeFile.Ours];

    [Fact]
    public void Base_images_are_arguments_and_by_default_those_of_Microsoft()
    {
        Lines.ShouldContain("ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0");
        Lines.ShouldContain("ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void It_knows_what_each_service_needs_and_publishes_its_project(string service)
    {
        Lines.Count(line => line.EndsWith($" AS for-{service}", StringComparison.Ordinal)).ShouldBe(1);
        File.ReadAllText(Path.Combine(SourceTree.Root, "Containers.slnf")).ShouldContain($"Moss.{char.ToUpperInvariant(service[0])}{service[1..]}.csproj");
    }

    [Theory]
    [InlineData("gateway", "bare")]
    [InlineData("orchestrator", "bare")]
    [InlineData("ingestion", "with-git")]
    [InlineData("trials", "with-git")]
    [InlineData("deployment", "with-git")]
    [InlineData("planning", "with-jail")]
    [InlineData("implementation", "with-jail")]
    public void No_image_has_more_than_its_service_needs(string service, string stage) => Lines.ShouldContain($"FROM {stage} AS for-{service}");

    [Fact]
    public void The_last_stage_runs_as_the_ordinary_user_of_the_base_image()
    {
        var last = Lines.Skip(Array.FindLastIndex(Lines, line => line.StartsWith("FROM ", StringComparison.Ordinal))).ToList();

        last.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER ${APP_UID}");
        last.ShouldNotContain(line => line.StartsWith("RUN ", StringComparison.Ordinal), "what is done for one image is not shared with the others");
    }
}
