using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Moss.AgentTools.Api.Conversations;

/// <summary>Calls of tools as they come in a stream, in pieces told apart by their place in the answer.</summary>
internal sealed class CallPieces
{
    private readonly List<Pieces> calls = [];

    /// <summary>One more piece. Some servers give every call the same place, and only another id tells that another one begins.</summary>
    public void Add(long place, string? id, string? name, string? input)
    {
        var pieces = calls.FindLast(call => call.Place == place);
        if (pieces is null || (!string.IsNullOrEmpty(id) && pieces.Id is { } known && known != id))
        {
            calls.Add(pieces = new(place));
        }

        pieces.Id ??= string.IsNullOrEmpty(id) ? null : id;
        pieces.Name ??= string.IsNullOrEmpty(name) ? null : name;
        pieces.Input.Append(input);
    }

    /// <summary>Whole calls. Some servers leave out the id.</summary>
    public ImmutableArray<ToolCall> Whole() =>
    [
        .. calls.Select((call, at) => new ToolCall(
            call.Id ?? string.Create(CultureInfo.InvariantCulture, $"call_{at}"), call.Name ?? "", call.Input.Length == 0 ? "{}" : call.Input.ToString())),
    ];

    /// <summary>The input of a call as it goes back into the conversation: servers do not take what is no object.</summary>
    public static string Valid(string input)
    {
        try
        {
            using var parsed = JsonDocument.Parse(input);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? input : "{}";
        }
        catch (JsonException)
        {
            return "{}";
        }
    }

    private sealed class Pieces(long place)
    {
        public long Place => place;

        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Input { get; } = new();
    }
}
