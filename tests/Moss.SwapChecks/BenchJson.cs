using System.Text.Json;

namespace Moss.SwapChecks;

/// <summary>How this program and those who ask it speak.</summary>
internal static class BenchJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}

/// <summary>What is asked.</summary>
/// <param name="Services">Names; all when null.</param>
/// <param name="Scenarios">Names; all when null.</param>
/// <param name="Kills">Whether deployers are killed.</param>
/// <param name="Roots">Folder of the releases' packages.</param>
/// <param name="Script">The command that fetches them.</param>
/// <param name="AtOnce">How many swaps go on at once.</param>
internal sealed record BenchRequest(IReadOnlyList<string>? Services, IReadOnlyList<string>? Scenarios, bool Kills, string Roots, string Script, int AtOnce);
