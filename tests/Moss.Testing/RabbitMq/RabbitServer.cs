using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moss.Processes;

namespace Moss.Testing.RabbitMq;

/// <summary>
/// A RabbitMQ broker for tests: the machine's own program with ports, name and folder of its own. It cannot outlive the process
/// that started it. It may be killed and started again, as a broker that crashed.
/// </summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string MarkVariable = "MOSS_TEST_BROKER";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>The first words of a client of AMQP 0.9.1; a broker that is up answers them.</summary>
    private static readonly byte[] Greeting = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    private readonly TemporaryFolder folder = new();
    private readonly string mark = Guid.NewGuid().ToString("n");
    private readonly int port = FreePorts.Take();
    private readonly int names = FreePorts.Take();
    private readonly int distribution = FreePorts.Take();
    private Process? process;

    private RabbitServer() => folder.Write("rabbitmq.conf", string.Create(CultureInfo.InvariantCulture, $"""
        listeners.tcp.1 = 127.0.0.1:{port}
        # Above the longest stage: see docker-compose.
        consumer_timeout = 14400000

        """));

    /// <summary>Where it listens, as user guest.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{port}/"));

    /// <summary>Starts a broker and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">There is none on this machine, or it does not start; the message says what to do.</exception>
    public static async Task<RabbitServer> StartAsync()
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException(
                $"These tests need RabbitMQ: {Program} is not there. Install it (Debian, Ubuntu: apt-get install rabbitmq-server; ./test does it).");
        }

        var server = new RabbitServer();
        await server.RestartAsync();
        return server;
    }

    /// <summary>kill -9 of the broker and everything that it started.</summary>
    public async Task KillAsync()
    {
        foreach (var one in ProcessTable.StartedWith(MarkVariable, mark))
        {
            ProcessTable.Kill(one.Pid);
        }

        if (process is not null)
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
            process = null;
        }
    }

    /// <summary>Starts it again where it was, with what it kept, and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        process = Process.Start(Invocation())!;
        var since = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (since.Elapsed > Patience || process.HasExited)
            {
                var log = folder.Combine("server.log");
                throw new InvalidOperationException($"RabbitMQ does not start:\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "(no log)")}");
            }

            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Dispose();
    }

    private ProcessStartInfo Invocation()
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(AppContext.BaseDirectory, "RabbitMq", "run-broker.sh"), folder.Path])
        {
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private Dictionary<string, string> Environment() => new()
    {
        [MarkVariable] = mark,
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["LC_ALL"] = "C.UTF-8",
        ["HOME"] = folder.Path,
        ["ERL_EPMD_PORT"] = names.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_NODENAME"] = $"moss-{mark}@localhost",
        ["RABBITMQ_NODE_PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_DIST_PORT"] = distribution.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_CONFIG_FILE"] = folder.Combine("rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = folder.Combine("advanced.config"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = folder.Combine("enabled_plugins"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = folder.Combine("config"),
        ["RABBITMQ_MNESIA_BASE"] = folder.Combine("mnesia"),
        ["RABBITMQ_LOG_BASE"] = folder.Combine("log"),
        ["RABBITMQ_PID_FILE"] = folder.Combine("pid"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
    };

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            await client.GetStream().WriteAsync(Greeting, limit.Token);
            return await client.GetStream().ReadAsync(new byte[8], limit.Token) > 0;
        }
        catch (Exception notYet) when (notYet is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
