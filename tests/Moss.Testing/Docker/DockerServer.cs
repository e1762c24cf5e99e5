using System.Diagnostics;
using Moss.Containers.Engine;

namespace Moss.Testing.Docker;

/// <summary>
/// A Docker daemon for tests: the one whose socket MOSS_TEST_DOCKER names, the machine's own where the tests are not root, or one
/// started in a temporary folder. It cannot outlive the process that started it.
/// </summary>
public sealed class DockerServer : IAsyncDisposable
{
    private const string MachinesOwn = "/var/run/docker.sock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process? process;

    private DockerServer(Process? process, string socket)
    {
        (this.process, Socket) = (process, socket);
        Engine = new EngineClient(new EngineOptions { Socket = socket }, TimeProvider.System);
    }

    /// <summary>Where the daemon listens.</summary>
    public string Socket { get; }

    /// <summary>Speaks to it.</summary>
    public EngineClient Engine { get; }

    /// <summary>The id of an image with a shell, the usual commands and Python.</summary>
    public string Image { get; private set; } = "";

    /// <summary>Starts a daemon, waits until it answers, and makes the image.</summary>
    /// <param name="networks">Whether its containers can have networks and published ports; that takes rules of the machine's packet filter.</param>
    /// <param name="liveRestore">Whether its containers go on without it; of a daemon that was not started for the tests it is not known.</param>
    public static Task<DockerServer> StartAsync(bool networks = false, bool liveRestore = false) =>
        ReadyAsync(Find() is { } socket ? new DockerServer(null, socket) : Launch(networks ? "networks" : "", liveRestore ? "live-restore" : ""));

    /// <summary>The same with a disk of its own, in memory, and never another daemon.</summary>
    /// <exception cref="InvalidOperationException">None can be started, or its disk cannot be mounted.</exception>
    public static Task<DockerServer> StartOnSmallDiskAsync(int mebibytes) => ReadyAsync(Launch($"disk={mebibytes}m"));

    private static async Task<DockerServer> ReadyAsync(DockerServer server)
    {
        try
        {
            await server.AnswersAsync();
            server.Image = await SmallImage.ImportAsync(server.Engine);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether it was started for these tests, so that they may do with it what they like.</summary>
    public bool IsOurs => process is not null;

    /// <summary>Ends the daemon as kill -9 does; what it runs goes on without it.</summary>
    public async Task KillAsync()
    {
        await SayAsync("kill");
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Patience)
        {
            try
            {
                await Engine.System.PingAsync(CancellationToken.None);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
            catch (EngineException)
            {
                return;
            }
        }

        throw new InvalidOperationException("The daemon does not end.");
    }

    /// <summary>Starts it again and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        await SayAsync("start");
        await AnswersAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
        }
    }

    private async Task SayAsync(string command)
    {
        var input = (process ?? throw new InvalidOperationException("The machine's own daemon is left alone.")).StandardInput;
        await input.WriteLineAsync(command);
        await input.FlushAsync();
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("MOSS_TEST_DOCKER") is { Length: > 0 } given ? given
        : !Environment.IsPrivilegedProcess && File.Exists(MachinesOwn) ? MachinesOwn
        : null;

    private static DockerServer Launch(params string[] options)
    {
        DockerBinaries.Require();
        var folder = Directory.CreateTempSubdirectory("moss-docker-").FullName;
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Docker", "run-daemon.sh"), folder },
            RedirectStandardInput = true,
        };
        options.Where(option => option.Length > 0).ToList().ForEach(start.ArgumentList.Add);
        start.Environment.Clear();
        start.Environment.Add("PATH", DockerBinaries.Path);
        start.Environment.Add("LC_ALL", "C");
        return new DockerServer(Process.Start(start)!, Path.Combine(folder, "docker.sock"));
    }

    private async Task AnswersAsync()
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Engine.System.PingAsync(CancellationToken.None);
                return;
            }
            catch (EngineException) when (process is { HasExited: false } && !Ended() && since.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
            catch (EngineException broken)
            {
                throw new InvalidOperationException($"These tests need Docker, and the daemon does not start. {broken.Message}\n{Log()}", broken);
            }
        }
    }

    private bool Ended() => Log().Contains("failed to start daemon", StringComparison.Ordinal);

    private string Log() => Path.Combine(Path.GetDirectoryName(Socket)!, "docker.log") is var log && process is not null && File.Exists(log) ? File.ReadAllText(log) : "(no log)";
}
