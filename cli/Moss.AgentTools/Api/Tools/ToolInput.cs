using System.Text.Json;

namespace Moss.AgentTools.Api.Tools;

/// <summary>What a tool was called with. Whatever does not fit is told with the member's name.</summary>
internal sealed class ToolInput
{
    private readonly JsonElement members;

    private ToolInput(JsonElement members) => this.members = members;

    public static ToolInput Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(document.RootElement.Clone())
                : throw new ToolException("the input of a tool must be a JSON object");
        }
        catch (JsonException)
        {
            throw new ToolException("the input is not JSON. If it was cut off, it was too long: write the file in smaller pieces");
        }
    }

    public string Text(string name) => OptionalText(name) ?? throw new ToolException($"'{name}' is missing");

    public string? OptionalText(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new ToolException($"'{name}' must be a text"),
    };

    public int Number(string name, int usual, int least, int most) => Member(name) switch
    {
        null => usual,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) && value >= least && value <= most => value,
        _ => throw new ToolException($"'{name}' must be a whole number from {least} to {most}"),
    };

    private JsonElement? Member(string name) =>
        members.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
