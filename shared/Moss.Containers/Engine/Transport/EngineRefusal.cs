using System.Text;
using System.Text.Json;

namespace Moss.Containers.Engine.Transport;

/// <summary>Reads why the engine refused a call.</summary>
internal static class EngineRefusal
{
    private const int Longest = 16 * 1024;

    public static async Task<EngineException> ReadAsync(EngineCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var start = new byte[Longest];
            var length = await body.ReadAtLeastAsync(start, Longest, throwOnEndOfStream: false, cancellationToken);
            return Of(call, (int)response.StatusCode, start.AsSpan(0, length));
        }
        catch (Exception exception) when (EngineLoss.Is(exception))
        {
            return EngineLoss.Of(exception, call);
        }
    }

    public static EngineException Of(EngineCall call, int status, ReadOnlySpan<byte> body) =>
        new(EngineException.KindOf(status), $"{Message(body)} ({call.Method} {call.Path}: {status})");

    /// <summary>The engine says <c>{"message": "..."}</c>; who stands between may say something else.</summary>
    private static string Message(ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonSerializer.Deserialize<Answer>(body, EngineJson.Options)?.Message is { Length: > 0 } message)
            {
                return message.Trim();
            }
        }
        catch (JsonException)
        {
            // Then the text itself has to do.
        }

        return Encoding.UTF8.GetString(body).Trim() is { Length: > 0 } text ? text : "The container engine gave no reason.";
    }

    private sealed record Answer(string? Message);
}
