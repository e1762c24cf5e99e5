using System.Globalization;
using System.Text;
using Moss.AgentTools.Bridge;
using Moss.Processes;
using Moss.Testing;
using Moss.Testing.Models;

namespace Moss.Adapters.Tests.Bridge;

/// <summary>The bridge as a process of its own, as it runs in a jail.</summary>
public sealed class BridgeTests
{
    private static readonly ProcessRunner Runner = new(ProcessLauncher.Shared, TimeProvider.System);

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -15 $$", 143)]
    public async Task It_ends_as_the_program_ends(string script, int code) => (await RunAsync("sh", "-c", script)).Code.ShouldBe(code);

    [Fact]
    public async Task The_program_has_its_input_its_output_and_its_environment()
    {
        var result = await RunAsync(["sh", "-c", "cat; echo err >&2; echo $GREETING; pwd; printf '[%s]' \"$@\"", "x", "", "a b", "--port", "\"q\""]);

        result.Output.ShouldBe("from standard input\nhello\n/\n[][a b][--port][\"q\"]");
        result.Error.ShouldBe("err\n");
    }

    [Theory]
    [InlineData("no-such-program", 127)]
    [InlineData("/no/such/program", 127)]
    [InlineData("./usr", 127)]
    [InlineData("/etc/passwd", 126)]
    public async Task A_program_that_cannot_be_run_is_told(string program, int code)
    {
        var result = await RunAsync(program);

        result.Code.ShouldBe(code);
        result.Error.ShouldStartWith("bridge: ");
    }

    [Fact]
    public async Task A_program_of_the_working_folder_is_not_taken_for_one_of_the_path()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Write("agent", "#!/bin/sh\necho fake\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var result = await ExitAsync(Invocation(FreePorts.Take(), "/none", "agent") with { WorkingDirectory = folder.Path });

        result.Code.ShouldBe(127);
        result.Output.ShouldBe("");
    }

    [Fact]
    public async Task A_signal_reaches_the_program()
    {
        var invocation = Invocation(FreePorts.Take(), "/none", "sh", "-c", "tail -f /dev/null > /dev/null 2>&1 & trap 'echo told; kill $!; exit 3' TERM; echo ready; kill -TERM $PPID; wait") with
        {
            Timeout = TimeSpan.FromSeconds(60),
        };

        var result = await ExitAsync(invocation);

        result.Output.ShouldBe("ready\ntold\n");
        result.Code.ShouldBe(3);
    }

    [Theory]
    [InlineData("--socket is missing", "--port", "5", "--", "true")]
    [InlineData("--port is no port", "--socket", "/s", "--", "true")]
    [InlineData("--port is no port", "--socket", "/s", "--port", "70000", "--", "true")]
    [InlineData("no program after --", "--socket", "/s", "--port", "5")]
    [InlineData("no program after --", "--socket", "/s", "--port", "5", "--")]
    [InlineData("unexpected 'true'", "--socket", "/s", "--port", "5", "true", "--", "true")]
    [InlineData("unknown option --fast", "--socket", "/s", "--port", "5", "--fast", "--", "true")]
    public async Task Wrong_usage_is_told(string problem, params string[] words)
    {
        using var error = new StringWriter();

        (await BridgeCommand.RunAsync(words, error)).ShouldBe(2);

        error.ToString().ShouldStartWith(problem);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        var result = await ExitAsync(Invocation(((System.Net.IPEndPoint)taken.LocalEndpoint).Port, "/none", "true"));

        result.Code.ShouldBe(125);
    }

    [Fact]
    public async Task Calls_of_the_program_reach_the_socket_and_answers_come_back()
    {
        await using var bench = await ProxyBench.StartAsync();
        var large = new string('x', 3_000_000);
        bench.Model.Answer = (request, response) => response.Json(StubAnswers.Chat(text: $"{request.Body.Length} {large}"));
        var lease = await bench.OpenAsync(dollars: 1000);
        var port = FreePorts.Take();

        var result = await ExitAsync(Invocation(port, lease.SocketPath, "/usr/bin/python3", "-c", Client, Address(port), lease.Token, "2000000"));

        result.Error.ShouldBeEmpty(result.Error);
        result.Output.ShouldBe("200 3000008\n200 3000008\n200 3000008\n200 3000008\n");
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task Without_a_server_behind_the_socket_connections_are_closed_and_the_program_goes_on()
    {
        var port = FreePorts.Take();

        var result = await ExitAsync(Invocation(port, "/none", "/usr/bin/python3", "-c", $"""
            import socket
            for turn in range(3):
                one = socket.create_connection(('127.0.0.1', {port}), 20)
                try: print(one.recv(10))
                except ConnectionResetError: print(b'')
            """));

        result.Output.ShouldBe("b''\nb''\nb''\n");
    }

    /// <summary>Asks four times at once.</summary>
    private const string Client = """
        import json, sys, threading, urllib.request
        address, token, size = sys.argv[1:]
        told = []
        def ask():
            body = json.dumps({'model': 'm', 'max_tokens': 5, 'x': 'y' * int(size)}).encode()
            request = urllib.request.Request(address + '/v1/chat/completions', body, {'Authorization': 'Bearer ' + token})
            with urllib.request.urlopen(request, timeout=60) as answer:
                told.append('%d %d' % (answer.status, len(json.load(answer)['choices'][0]['message']['content'])))
        threads = [threading.Thread(target=ask) for _ in range(4)]
        [one.start() for one in threads]
        [one.join() for one in threads]
        print('\n'.join(told))
        """;

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static Task<ProcessResult.Exited> RunAsync(params string[] command) => ExitAsync(Invocation(FreePorts.Take(), "/none", command));

    private static ProcessInvocation Invocation(int port, string socket, params string[] command)
    {
        var start = Program.Start();
        return start with
        {
            Arguments =
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "Moss.AgentTools.dll"), "bridge", "--socket", socket,
                "--port", port.ToString(CultureInfo.InvariantCulture), "--", .. command,
            ],
            Environment = start.Environment.SetItem("PATH", "/usr/local/bin:/usr/bin:/bin").SetItem("GREETING", "hello"),
            WorkingDirectory = "/",
            StandardInput = Encoding.UTF8.GetBytes("from standard input\n"),
            Timeout = TimeSpan.FromSeconds(120),
        };
    }

    private static async Task<ProcessResult.Exited> ExitAsync(ProcessInvocation invocation) =>
        (await Runner.RunAsync(invocation, CancellationToken.None)).ShouldBeOfType<ProcessResult.Exited>();
}
