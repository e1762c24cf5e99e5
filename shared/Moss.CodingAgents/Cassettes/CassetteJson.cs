using System.Collections.Immutable;
using System.Text.Json;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Roles;

namespace Moss.CodingAgents.Cassettes;

/// <summary>Cassettes as files that people can read, and compare line by line.</summary>
internal static class CassetteJson
{
    private static readonly ImmutableArray<string> RoleNames = [.. Enum.GetValues<Role>().Select(role => role.Word())];

    public static string Write(Cassette cassette) =>
        JsonSerializer.Serialize(new { Version = Cassette.Format, cassette.Assignment, cassette.Recording }, AgentJson.Options) + "\n";

    /// <summary>Reads a file as strictly as it is written.</summary>
    public static CassetteReading Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return new CassetteReading.Malformed(["it must be a JSON object"]);
            }

            var problems = new List<string>();
            var cassette = new CassetteFields(document.RootElement, "", problems).Whole(Whole);
            return problems.Count == 0 ? new CassetteReading.Good(cassette) : new CassetteReading.Malformed([.. problems]);
        }
        catch (JsonException malformed)
        {
            return new CassetteReading.Malformed([$"it is not JSON: {malformed.Message}"]);
        }
    }

    private static Cassette Whole(CassetteFields fields)
    {
        fields.Number("version", Cassette.Format, Cassette.Format);
        return new(fields.Within("assignment", Asked), fields.Within("recording", Done));
    }

    private static AssignmentPrint Asked(CassetteFields fields)
    {
        var print = new AssignmentPrint(
            fields.OneOf("role", RoleNames), fields.Text("prompt"), fields.Text("schema"), fields.Prints("files"), fields.Prints("scenarios"));
        fields.Fits("tree", print.Tree, "the files");
        fields.Fits("hash", print.Hash, "the role, prompt, schema, files and scenarios");
        return print;
    }

    private static Recording Done(CassetteFields fields)
    {
        var recording = new Recording(
            fields.Text("agent"), fields.OptionalText("model"), fields.OneOf("reader", [.. Catalog.Names, Cassette.PlainReader]),
            fields.Number("exitCode", 0, 255), fields.Texts("events"), fields.Text("error"), fields.Text("diff"), fields.OptionalText("report"));
        fields.Fits("hash", recording.Hash, "the agent, exit code, events, error, diff and report");
        return recording;
    }
}

/// <summary>What came of reading a cassette.</summary>
internal abstract record CassetteReading
{
    private CassetteReading() { }

    /// <summary>It is whole.</summary>
    public sealed record Good(Cassette Cassette) : CassetteReading;

    /// <summary>It is not; each problem names its field.</summary>
    public sealed record Malformed(ImmutableArray<string> Problems) : CassetteReading;
}
