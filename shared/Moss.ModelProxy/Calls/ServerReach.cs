using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.ModelProxy.Calls;

/// <summary>
/// What in a request would have the provider reach other machines for the job, and so be a way out of the sandbox: its own tools for
/// search, fetching and connectors, prompts that lie there, pictures and documents by address; and what it would do later, unmetered.
/// The same for all protocols; pure.
/// </summary>
internal static class ServerReach
{
    /// <summary>Types of tools that the client itself runs.</summary>
    private static readonly HashSet<string> OwnTools = new(StringComparer.Ordinal)
    {
        "function", "custom", "local_shell", "shell", "apply_patch", "namespace", "tool_search",
        "text_editor_20241022", "text_editor_20250124", "text_editor_20250429", "text_editor_20250728",
        "bash_20241022", "bash_20250124", "memory_20250818", "tool_search_tool_regex_20251119", "tool_search_tool_bm25_20251119",
    };

    /// <summary>Keys by which Gemini's tools say what they are.</summary>
    private static readonly HashSet<string> OwnKeys = new(StringComparer.Ordinal) { "functionDeclarations", "function_declarations" };

    private static readonly string[] Connectors = ["mcp_servers", "web_search_options", "container"];

    private static readonly string[] Within = ["content", "parts", "output", "input"];

    private static readonly string[] Texts = ["messages", "input", "contents", "system", "systemInstruction", "system_instruction"];

    /// <summary>What cannot simply be left out; null when there is nothing.</summary>
    public static string? Find(JsonObject body) =>
        Connectors.FirstOrDefault(name => body[name] is not null)
        ?? (body["background"]?.GetValueKind() is not (null or JsonValueKind.False or JsonValueKind.Null) ? "background" : null)
        ?? (body["prompt"] is JsonObject ? "prompt" : null)
        ?? Texts.Select(name => Remote(body[name])).FirstOrDefault(found => found is not null);

    /// <summary>Leaves out tools that the provider itself would run: clients offer them unasked, and do without them.</summary>
    /// <returns>True when there were any.</returns>
    public static bool RemoveTools(JsonObject body)
    {
        var changed = RemoveFrom(body);
        foreach (var item in (body["input"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            changed |= RemoveFrom(item);
        }

        return changed;
    }

    private static bool RemoveFrom(JsonObject holder)
    {
        if (holder["tools"] is not JsonArray tools)
        {
            return false;
        }

        var foreign = tools.OfType<JsonObject>().Where(tool => !IsOwn(tool)).ToList();
        foreign.ForEach(tool => tools.Remove(tool));
        if (tools.Count == 0)
        {
            holder.Remove("tools");
        }

        return foreign.Count > 0;
    }

    private static bool IsOwn(JsonObject tool) => tool["type"] switch
    {
        JsonValue type => type.TryGetValue<string>(out var word) && OwnTools.Contains(word),
        // Anthropic's own kind of function has no type but a name, Gemini's has neither.
        null => tool.ContainsKey("input_schema") || tool.All(member => OwnKeys.Contains(member.Key)),
        _ => false,
    };

    /// <summary>The name of a part whose content lies elsewhere. What a tool was called with is not looked into: nobody fetches that.</summary>
    private static string? Remote(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(Remote).FirstOrDefault(found => found is not null),
        JsonObject part when IsRemote(part["image_url"]) || IsRemote((part["image_url"] as JsonObject)?["url"]) => "image_url",
        JsonObject part when IsRemote(part["file_url"]) => "file_url",
        JsonObject part when IsRemote((part["source"] as JsonObject)?["url"]) => "source.url",
        JsonObject part when FileOf(part) is { } file && (IsRemote(file["fileUri"]) || IsRemote(file["file_uri"])) => "fileUri",
        JsonObject part => Within.Where(name => part[name] is JsonArray)
            .Select(name => Remote(part[name])).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static JsonObject? FileOf(JsonObject part) => (part["fileData"] ?? part["file_data"]) as JsonObject;

    private static bool IsRemote(JsonNode? address) =>
        address is JsonValue value && value.TryGetValue<string>(out var text) && !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}
