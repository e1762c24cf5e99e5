using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Whether a container was made from a recipe. Pure. Labels can be read and copied by anybody who may make containers.</summary>
internal static class MadeFrom
{
    /// <summary>What says most of what a container does, and what the engine tells as it was given.</summary>
    public static ImmutableArray<string> Parts { get; } = ["Cmd", "Entrypoint", "Binds", "NetworkMode"];

    /// <summary>True when nothing that the recipe says of them is otherwise in the container.</summary>
    public static bool Is(ContainerRecipe recipe, SwapContainer container)
    {
        var body = JsonNode.Parse(recipe.Body)!.AsObject();
        return Parts.All(part => (body[part] ?? body["HostConfig"]?[part]) is not { } said || IsNothing(said) || JsonNode.DeepEquals(Told(said), Told(container.Made[part])));
    }

    // Engines call their own network by its name or "default": an upgrade must not make a stranger of a container.
    private static JsonNode? Told(JsonNode? part) => part is JsonValue value && value.TryGetValue<string>(out var mode) && mode == "default" ? "bridge" : part;

    private static bool IsNothing(JsonNode said) => said is JsonArray { Count: 0 };
}
