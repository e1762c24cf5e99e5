using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Moss.Processes;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>What a service process is told.</summary>
internal sealed record ServiceSettings(string Store, Uri Bus, string Data, Uri Collector);

/// <summary>One service as a process of its own, as it is run in production; it may be killed and started again.</summary>
internal sealed class ServiceUnderTest(string name, ServiceSettings settings) : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> lines = new();
    private Process? process;
    private Task ended = Task.CompletedTask;

    public string Name => name;

    /// <summary>How it calls itself in the reports of its trials.</summary>
    public string Runner => Path.GetFileName(settings.Data);

    /// <summary>Where it listens now; null while it does not run.</summary>
    public Uri? Url { get; private set; }

    /// <summary>Everything that it said, in all its lives.</summary>
    public string Said => string.Join('\n', lines.Select(line => $"{name}: {line}"));

    /// <summary>Listens when it returns; it may still be connecting to its broker.</summary>
    public async Task StartAsync()
    {
        process = Process.Start(Invocation())!;
        var errors = KeepAsync(process.StandardError);
        ended = NoteEndAsync(process);
        var listens = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ListenAsync(process.StandardOutput, errors, listens);
        Url = await listens.Task.WaitAsync(Patience);
    }

    /// <summary>kill -9 of this one process; what it started is not touched.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            Url = null;
            process.Kill();
            await ended.WaitAsync(Patience);
            process.Dispose();
            process = null;
        }
    }

    /// <summary>Stops it in its tracks, as a machine that hangs does, until it is told to go on.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            await ended.WaitAsync(Patience);
            process.Dispose();
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>A process that somebody kills says nothing of it.</summary>
    private async Task NoteEndAsync(Process started)
    {
        await started.WaitForExitAsync();
        lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"process {started.Id} has ended with {started.ExitCode}"));
    }

    private async Task ListenAsync(StreamReader output, Task errors, TaskCompletionSource<Uri> listens)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                listens.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }

        await errors;
        listens.TrySetException(new InvalidOperationException($"{name} ended before it listened:\n{Said}"));
    }

    private async Task KeepAsync(StreamReader errors)
    {
        while (await errors.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
        }
    }

    private ProcessStartInfo Invocation()
    {
        var dotnet = ProgramPath.Find("dotnet", ProgramPath.Inherited) ?? throw new InvalidOperationException("there is no dotnet on the PATH");
        Directory.CreateDirectory(settings.Data);
        var start = new ProcessStartInfo("setsid", [dotnet, Program, "--urls", "http://127.0.0.1:0", "--stop-with-stdin", "true"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings.Data,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = settings.Data;
        start.Environment["DOTNET_TieredPGO"] = "0"; // It is started often and lives short.
        start.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "";
        start.Environment["Moss__Store"] = settings.Store;
        start.Environment["Moss__Bus"] = settings.Bus.ToString();
        start.Environment["Moss__Data"] = settings.Data;
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = settings.Collector.ToString();
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        start.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "500";
        start.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        start.Environment["Moss__Trials__Runner"] = Runner;
        return start;
    }

    /// <summary>From the build that this test belongs to.</summary>
    private string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, $"Moss.{name}", own.Name, $"Moss.{name}.dll");
        }
    }
}
