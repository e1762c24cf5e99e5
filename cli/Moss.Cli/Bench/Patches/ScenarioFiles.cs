using System.Text.Json;

namespace Moss.Cli.Bench.Patches;

/// <summary>Writes scenarios of a set.</summary>
internal static class ScenarioFiles
{
    public const string Visible = "visible";

    private static readonly JsonSerializerOptions Shown = new() { WriteIndented = true };

    /// <summary>A question: whatever is answered passes.</summary>
    public static void WriteQuestion(string folder, string id, object input) =>
        Write(folder, id, "a question", input, [], [new { id = "answers", kind = "regex", pattern = "." }]);

    public static void Write(string folder, string id, string title, object input, string[] tags, IEnumerable<object> graders) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(folder).FullName, $"{id}.json"), JsonSerializer.Serialize(new { id, title, input, tags, graders }, Shown) + "\n");
}
