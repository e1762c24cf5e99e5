using Moss.Domain.Evolution;

namespace Moss.Ingestion.Evolutions;

/// <summary>The words for depths.</summary>
internal static class Depths
{
    public static Depth? Parse(string? word) => word?.ToLowerInvariant() switch
    {
        null or "standard" => Depth.Standard,
        "light" or "shallow" => Depth.Light,
        "deep" => Depth.Deep,
        _ => null,
    };
}
