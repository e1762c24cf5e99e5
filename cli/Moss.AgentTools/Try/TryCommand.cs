using System.Text.Json;

namespace Moss.AgentTools.Try;

/// <summary><c>try</c>: reproduce the failures of the batch on the work tree as it is now.</summary>
internal static class TryCommand
{
    public const string DefaultSocket = "/moss/try.sock";

    public const string Usage = """
        usage: try [--socket FILE] [SCENARIO...] [--json] [--trace]
          Replays scenarios of the batch (all when none is named) on the work tree as it is now.
          --socket FILE  where the scenario runner listens (/moss/try.sock)
          --json         the response as one JSON object
          --trace        also what each replay answered and printed
        exit: 0 all passed, 1 some did not, 2 wrong usage or no runner
        """;

    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var socket = arguments.Value("--socket") ?? DefaultSocket;
        var (json, trace) = (arguments.Flag("--json"), arguments.Flag("--trace"));
        if (arguments.Problem() is { } problem)
        {
            await error.WriteLineAsync($"{problem}\n{Usage}");
            return 2;
        }

        try
        {
            await using var replays = new SocketReplays(socket);
            var response = await replays.ReplayAsync(new TryRequest([.. arguments.Rest]) { Trace = trace }, cancellationToken);
            await output.WriteAsync(json
                ? JsonSerializer.Serialize(response, Wire.Options) + "\n"
                : TryTable.Write(response.Results, trace));
            return response.Results.Length > 0 && response.Results.All(r => r.Passed) ? 0 : 1;
        }
        catch (TryException refused)
        {
            await error.WriteLineAsync(refused.Message);
            return 2;
        }
    }
}
