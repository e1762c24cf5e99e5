using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Moss.Testing.Models;

/// <summary>Answers of model servers, as the vendors write them, cut down to what matters.</summary>
public static class StubAnswers
{
    /// <summary>A JSON body.</summary>
    public static Task Json(this HttpResponse response, string json, int status = 200)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(json, response.HttpContext.RequestAborted);
    }

    /// <summary>Begins a stream of events.</summary>
    public static HttpResponse Events(this HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        return response;
    }

    /// <summary>A piece of a stream, at once.</summary>
    public static async Task SendAsync(this HttpResponse response, string text)
    {
        await response.WriteAsync(text, response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }

    /// <summary>Never answers.</summary>
    public static Task HangAsync(this HttpResponse response) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, response.HttpContext.RequestAborted);

    /// <summary>Chat Completions, whole.</summary>
    public static string Chat(int tokensIn = 1000, int tokensOut = 50, string text = "hello") => Filled(
        """{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"stop"}],"usage":{"prompt_tokens":IN,"completion_tokens":OUT,"prompt_tokens_details":{"cached_tokens":200}}}""",
        tokensIn, tokensOut, text);

    /// <summary>Chat Completions, streamed, with its usage at the end.</summary>
    public static string ChatStream(int tokensIn = 1000, int tokensOut = 50, string text = "hello") => Filled(
        """
        data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}

        data: {"choices":[{"index":0,"delta":{"content":"TEXT"}}],"usage":null}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

        data: {"choices":[],"usage":{"prompt_tokens":IN,"completion_tokens":OUT,"prompt_tokens_details":{"cached_tokens":200}}}

        data: [DONE]


        """,
        tokensIn, tokensOut, text);

    /// <summary>Responses, streamed.</summary>
    public static string ResponsesStream(int tokensIn = 1000, int tokensOut = 50, string text = "hello") => Filled(
        """
        event: response.created
        data: {"type":"response.created","response":{"status":"in_progress","usage":null}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"TEXT"}

        event: response.output_text.done
        data: {"type":"response.output_text.done","text":"TEXT"}

        event: response.completed
        data: {"type":"response.completed","response":{"status":"completed","output":[],"usage":{"input_tokens":IN,"input_tokens_details":{"cached_tokens":200},"output_tokens":OUT}}}


        """,
        tokensIn, tokensOut, text);

    /// <summary>Messages, streamed.</summary>
    public static string MessagesStream(int tokensIn = 1000, int tokensOut = 50, string text = "hello") => Filled(
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","usage":{"input_tokens":FRESH,"cache_creation_input_tokens":0,"cache_read_input_tokens":200,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":OUT}}

        event: message_stop
        data: {"type":"message_stop"}


        """,
        tokensIn, tokensOut, text);

    /// <summary>Gemini, streamed as events.</summary>
    public static string GeminiStream(int tokensIn = 1000, int tokensOut = 50, string text = "hello") => Filled(
        """
        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"TEXT"}]}}],"usageMetadata":{"promptTokenCount":IN,"totalTokenCount":IN}}

        data: {"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":IN,"candidatesTokenCount":OUT,"cachedContentTokenCount":200}}


        """,
        tokensIn, tokensOut, text);

    private static string Filled(string template, int tokensIn, int tokensOut, string text) => template
        .Replace("FRESH", (tokensIn - 200).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("IN,", $"{tokensIn.ToString(CultureInfo.InvariantCulture)},", StringComparison.Ordinal)
        .Replace("IN}", $"{tokensIn.ToString(CultureInfo.InvariantCulture)}}}", StringComparison.Ordinal)
        .Replace("OUT", tokensOut.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("TEXT", text, StringComparison.Ordinal);
}
