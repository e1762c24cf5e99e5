using System.Text.Json;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Replay;

/// <summary><c>replay</c>: does what a cassette says that an agent did.</summary>
internal static class ReplayCommand
{
    public const string Usage = """
        usage: replay --cassette FILE --work DIR --out DIR
          Makes the recorded change, writes the recorded report, prints a header in one line of JSON and then what was recorded.
          --cassette FILE  the cassette
          --work DIR       the work tree; changed in place
          --out DIR        where the report goes
        exit: as recorded; 2 and a header with the reason, or none for wrong usage
        """;

    private const int Refused = 2;

    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (cassette, work, place) = (arguments.Value("--cassette"), arguments.Value("--work"), arguments.Value("--out"));
        var problem = arguments.Problem()
            ?? (cassette is null ? "--cassette is missing" : work is null ? "--work is missing" : place is null ? "--out is missing" : null);
        if (problem is not null)
        {
            await error.WriteLineAsync($"{problem}\n{Usage}");
            return Refused;
        }

        try
        {
            var recording = Recording.Load(cassette!);
            await Patch.ApplyAsync(recording.Diff, work!, cancellationToken);
            if (recording.Report is { } report)
            {
                Directory.CreateDirectory(place!);
                await File.WriteAllTextAsync(Path.Combine(place!, "report.json"), report, cancellationToken);
            }

            await WriteAsync(output, new Header { Agent = recording.Agent, Model = recording.Model, Reader = recording.Reader });
            await output.WriteAsync(string.Join('\n', recording.Events));
            await error.WriteAsync(recording.Error);
            return recording.ExitCode;
        }
        catch (ReplayException refused)
        {
            await WriteAsync(output, new Header { Refused = refused.Message });
            return Refused;
        }
    }

    private static Task WriteAsync(TextWriter output, Header header) => output.WriteAsync(JsonSerializer.Serialize(header, Wire.Options) + "\n");

    private sealed record Header
    {
        public string Type { get; } = "moss.cassette";

        public string? Agent { get; init; }

        public string? Model { get; init; }

        public string? Reader { get; init; }

        public string? Refused { get; init; }
    }
}
