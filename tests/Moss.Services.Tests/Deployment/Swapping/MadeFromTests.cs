using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Deployment.Instances.Swapping;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment.Swapping;

public sealed class MadeFromTests
{
    private static readonly ContainerRecipe Recipe = new(
        "shop",
        """{"Cmd":["serve","--all"],"Entrypoint":null,"Image":"i","HostConfig":{"Binds":["state:/state"],"NetworkMode":"shop","Memory":7}}""",
        ImmutableSortedDictionary<string, string>.Empty,
        """{"Name":"always"}""");

    [Theory]
    [InlineData("""{"Cmd":["serve","--all"],"Binds":["state:/state"],"NetworkMode":"shop"}""", true)]
    [InlineData("""{"Cmd":["serve","--all"],"Entrypoint":["/of-the-image"],"Binds":["state:/state"],"NetworkMode":"shop"}""", true)]
    [InlineData("""{"Cmd":["sleep","1000"],"Binds":["state:/state"],"NetworkMode":"shop"}""", false)]
    [InlineData("""{"Binds":["state:/state"],"NetworkMode":"shop"}""", false)]
    [InlineData("""{"Cmd":["serve","--all"],"Binds":["other:/state"],"NetworkMode":"shop"}""", false)]
    [InlineData("""{"Cmd":["serve","--all"],"NetworkMode":"shop"}""", false)]
    [InlineData("""{"Cmd":["serve","--all"],"Binds":["state:/state"],"NetworkMode":"host"}""", false)]
    public void What_the_recipe_says_must_be_so_and_what_it_leaves_to_the_image_need_not(string made, bool isMade) =>
        MadeFrom.Is(Recipe, Container(made)).ShouldBe(isMade);

    [Fact]
    public void Nothing_to_mount_is_told_as_an_empty_list_or_not_at_all()
    {
        var bare = Recipe with { Body = """{"HostConfig":{"Binds":[]}}""" };

        MadeFrom.Is(bare, Container("{}")).ShouldBeTrue();
        MadeFrom.Is(bare, Container("""{"Binds":[]}""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("default", "bridge", true)]
    [InlineData("bridge", "default", true)]
    [InlineData("default", "host", false)]
    [InlineData("shop", "default", false)]
    public void The_network_of_the_engine_itself_has_two_names(string said, string told, bool isMade) =>
        MadeFrom.Is(
            Recipe with { Body = $$$"""{"HostConfig":{"NetworkMode":"{{{said}}}"}}""" },
            Container($$$"""{"NetworkMode":"{{{told}}}"}""")).ShouldBe(isMade);

    private static SwapContainer Container(string made) =>
        new("id", "shop", "i", new Dictionary<string, string>(), Runs: true) { Made = JsonNode.Parse(made)!.AsObject() };
}
