using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Trials.Judging;

/// <summary>How a question is put to a model server, and how its answer is read. Only an answer of exactly the asked form is one.</summary>
internal abstract class JudgeProtocol
{
    /// <summary>The member of the answer that says whether the question holds.</summary>
    protected const string Holds = "holds";

    /// <summary>Tokens that an answer may have; what models think before it is among them.</summary>
    protected const int MostTokens = 1024;

    public static ImmutableArray<JudgeProtocol> All { get; } = [new ChatJudge(), new MessagesJudge()];

    /// <summary>As in the settings of an upstream.</summary>
    public abstract string Word { get; }

    /// <summary>Behind the base path.</summary>
    public abstract string Path { get; }

    /// <summary>Headers besides the key.</summary>
    public virtual ImmutableArray<(string Name, string Value)> Headers => [];

    public static JudgeProtocol? Find(string word) => All.FirstOrDefault(protocol => protocol.Word == word);

    /// <summary>The request.</summary>
    public abstract JsonObject Write(string model, JudgePrompt prompt);

    /// <summary>Yes or no; null when the answer has not the form that was asked for.</summary>
    public abstract bool? Read(JsonElement answer);

    /// <summary>Tokens read and written.</summary>
    public abstract (long In, long Out) Usage(JsonElement answer);

    protected static JsonObject Schema => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [Holds] = new JsonObject { ["type"] = "boolean" } },
        ["required"] = new JsonArray(Holds),
        ["additionalProperties"] = false,
    };

    /// <summary>An object with that one member.</summary>
    protected static bool? ReadVote(JsonElement vote) => vote.ValueKind == JsonValueKind.Object && vote.EnumerateObject().Count() == 1
        && vote.TryGetProperty(Holds, out var holds) && holds.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? holds.GetBoolean()
        : null;

    /// <summary>The first entry of a list that fits; undefined when there is none.</summary>
    protected static JsonElement First(JsonElement answer, string list, Func<JsonElement, bool> fits) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().FirstOrDefault(fits)
            : default;

    protected static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    protected static long Count(JsonElement usage, string name) => Member(usage, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : 0;
}
