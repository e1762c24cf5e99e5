using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Moss.Testing.Models.Scripts;

/// <summary>
/// Answers in the protocol in which it is asked, as a script says: OpenAI Responses and Chat Completions, Anthropic Messages, Gemini.
/// It belongs to tests alone and is no part of any service: whoever could point Moss at it could have any change approved.
/// </summary>
public static class ScriptedModel
{
    /// <summary>For <see cref="StubModel.Answer"/>.</summary>
    public static Func<StubRequest, HttpResponse, Task> Plays(ModelScript script) => (request, response) => AnswerAsync(script, request, response);

    /// <summary>Answers one request.</summary>
    public static async Task AnswerAsync(ModelScript script, StubRequest request, HttpResponse response)
    {
        var path = request.Target.Split('?')[0];
        if (Wire.At(path) is not { } wire)
        {
            await AsideAsync(path, response);
            return;
        }

        var body = Body(request.Body);
        var tools = wire.Tools(body);
        var turn = script.Next(wire.Answered(body));
        // Clients ask for titles and the like without tools; nothing of the script is for them, but whatever breaks is broken for all.
        var aside = tools.Count == 0 && turn is ModelTurn.Read or ModelTurn.Edit or ModelTurn.Run;
        switch (turn)
        {
            case ModelTurn.Refuse refuse:
                if (refuse.RetryAfterSeconds is { } seconds)
                {
                    response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                }

                await response.Json(wire.Error(refuse.Status, $"scripted {refuse.Status.ToString(CultureInfo.InvariantCulture)}").ToJsonString(), refuse.Status);
                break;
            case ModelTurn.Hang:
                await response.HangAsync();
                break;
            case ModelTurn.Drop or ModelTurn.Garble or ModelTurn.Flood:
                await BreakAsync(wire, body, turn, response);
                break;
            default:
                await SpeakAsync(wire, body, path, aside ? new("A title", null) : new ToolPicker(tools).Answer(script, wire.Answered(body)), response);
                break;
        }
    }

    private static async Task SpeakAsync(Wire wire, JsonObject body, string path, ModelAnswer answer, HttpResponse response)
    {
        if (!wire.Streams(body, path))
        {
            await response.Json(wire.Whole(body, answer).ToJsonString());
            return;
        }

        response.Events();
        foreach (var piece in wire.Events(body, answer))
        {
            await response.SendAsync(piece);
        }
    }

    private static async Task BreakAsync(Wire wire, JsonObject body, ModelTurn turn, HttpResponse response)
    {
        await response.Events().SendAsync(wire.Events(body, new("x", null)).First());
        switch (turn)
        {
            case ModelTurn.Drop:
                response.HttpContext.Abort();
                break;
            case ModelTurn.Garble:
                await response.SendAsync("data: {\"type\": \"broken\n\ndata: ]]]}\n\nevent: \ndata: 7\n\n");
                break;
            default:
                var text = wire.Piece(new string('x', 8000));
                while (!response.HttpContext.RequestAborted.IsCancellationRequested)
                {
                    await response.SendAsync(text);
                }

                break;
        }
    }

    /// <summary>What costs nothing: lists of models, counts of tokens.</summary>
    private static Task AsideAsync(string path, HttpResponse response) => path switch
    {
        _ when path.EndsWith("count_tokens", StringComparison.Ordinal) => response.Json("""{"input_tokens":1000}"""),
        _ when path.EndsWith(":countTokens", StringComparison.Ordinal) => response.Json("""{"totalTokens":1000}"""),
        _ when path.EndsWith("/models", StringComparison.Ordinal) => response.Json("""{"object":"list","data":[{"id":"scripted","object":"model"}],"models":[]}"""),
        _ => response.Json("""{"error":{"message":"there is nothing here"}}""", 404),
    };

    private static JsonObject Body(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
