using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.AgentTools.Api.Conversations;

/// <summary>What came of asking.</summary>
internal abstract record ModelReply
{
    private ModelReply() { }

    /// <summary>An answer.</summary>
    /// <param name="Text">What it said.</param>
    /// <param name="Calls">Tools that it called.</param>
    /// <param name="End">How the answer ended.</param>
    /// <param name="Use">What it used.</param>
    public sealed record Answered(string Text, ImmutableArray<ToolCall> Calls, AnswerEnd End, TokenUse Use) : ModelReply;

    /// <summary>None.</summary>
    /// <param name="Message">Why, in the server's words where it said any.</param>
    /// <param name="Status">HTTP status; null when there was none.</param>
    public sealed record Failed(string Message, int? Status) : ModelReply
    {
        private const int MostWords = 2000;

        /// <summary>Of whatever a client threw: clients meet malformed answers with exceptions of every kind.</summary>
        public static Failed Of(Exception broken, int? status, string? body = null) =>
            new(Tools.BoundedText.Of(string.IsNullOrWhiteSpace(body) ? Words(broken) : Words(body), MostWords), status);

        /// <summary>No answer has an end like this: the server went away, or something between did.</summary>
        public static Exception Lost() => new IOException("the answer of the model ended before it was whole");

        /// <summary>A client that tried twice tells of both in one exception.</summary>
        private static string Words(Exception broken) => broken is AggregateException { InnerExceptions: [.., var last] } ? last.Message : broken.Message;

        /// <summary>Both protocols have the same place for a message in a refusal.</summary>
        private static string Words(string body)
        {
            try
            {
                return (JsonNode.Parse(body) as JsonObject)?["error"] is JsonObject error && error["message"]?.ToString() is { Length: > 0 } message ? message : body;
            }
            catch (JsonException)
            {
                return body;
            }
        }
    }
}

/// <summary>How an answer ended.</summary>
internal enum AnswerEnd
{
    /// <summary>As the model wanted.</summary>
    Whole,

    /// <summary>At the most that may be written.</summary>
    CutOff,

    /// <summary>The server did not want to pass on more.</summary>
    Withheld,
}

/// <summary>A call of a tool.</summary>
/// <param name="Id">By which the answer is told.</param>
/// <param name="Name">Which tool.</param>
/// <param name="Input">JSON as the model wrote it, which need not be any.</param>
internal sealed record ToolCall(string Id, string Name, string Input);

/// <summary>What a tool answered.</summary>
/// <param name="Id">Of the call.</param>
/// <param name="Text">For the model.</param>
/// <param name="IsError">It did not do what it was called for.</param>
internal sealed record ToolAnswer(string Id, string Text, bool IsError);

/// <summary>Tokens.</summary>
internal sealed record TokenUse(long In, long Out)
{
    public static TokenUse None { get; } = new(0, 0);

    public TokenUse Plus(TokenUse other) => new(In + other.In, Out + other.Out);
}
