using System.Collections.Immutable;
using System.Text.Json;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Replay;

/// <summary>What of a cassette is played. Moss has checked all of it before it gave it to this program.</summary>
internal sealed record Recording(
    string Agent, string? Model, string Reader, int ExitCode, ImmutableArray<string> Events, string Error, string Diff, string? Report)
{
    /// <summary>The recording in a file.</summary>
    /// <exception cref="ReplayException">It cannot be read.</exception>
    public static Recording Load(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Cassette>(File.ReadAllText(file), Wire.Options)?.Recording is { Events.IsDefault: false, Agent: not null, Diff: not null } whole
                ? whole
                : throw new ReplayException($"{file} has no recording");
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ReplayException($"{file} cannot be read: {unreadable.Message}");
        }
    }

    private sealed record Cassette(Recording? Recording);
}

/// <summary>Nothing can be played; the message says why.</summary>
internal sealed class ReplayException(string message) : Exception(message);
