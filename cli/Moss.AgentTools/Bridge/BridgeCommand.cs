using System.Net;
using System.Net.Sockets;

namespace Moss.AgentTools.Bridge;

/// <summary>
/// <c>bridge</c>: runs a program for which a unix socket is a server on loopback, because most clients of models know no other kind,
/// and ends as it ends.
/// </summary>
internal static class BridgeCommand
{
    public const string Usage = """
        usage: bridge --socket FILE --port N -- PROGRAM [ARGUMENT...]
          Runs a program, and passes on to the socket what connects to 127.0.0.1:N meanwhile.
        exit: as the program, 126 it cannot be run, 127 there is none, 2 wrong usage, 125 the port cannot be had
        """;

    private const int NoPort = 125;

    public static async Task<int> RunAsync(IReadOnlyList<string> words, TextWriter error)
    {
        var end = words.ToList().IndexOf("--");
        var options = new Arguments(end < 0 ? words : words.Take(end));
        var (socket, port) = (options.Value("--socket"), options.Value("--port"));
        var command = end < 0 ? [] : words.Skip(end + 1).ToList();
        if ((options.Problem() ?? Problem(socket, port, command, options.Rest)) is { } problem)
        {
            await error.WriteLineAsync($"{problem}\n{Usage}");
            return 2;
        }

        using var listener = new TcpListener(IPAddress.Loopback, int.Parse(port!, System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            listener.Start();
        }
        catch (SocketException taken)
        {
            await error.WriteLineAsync($"bridge: 127.0.0.1:{port} cannot be had: {taken.Message}");
            return NoPort;
        }

        using var over = new CancellationTokenSource();
        var relaying = new Relay(listener, socket!).RunAsync(over.Token);
        var code = await ChildProgram.RunAsync(command, error);
        await over.CancelAsync();
        await relaying;
        return code;
    }

    private static string? Problem(string? socket, string? port, List<string> command, IReadOnlyList<string> rest) =>
        socket is null ? "--socket is missing"
        : !ushort.TryParse(port, out var number) || number == 0 ? "--port is no port"
        : rest.Count > 0 ? $"unexpected '{rest[0]}' before --"
        : command.Count == 0 ? "no program after --"
        : null;
}
