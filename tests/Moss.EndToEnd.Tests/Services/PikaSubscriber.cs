using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>What a subscriber got.</summary>
internal sealed record Received(string RoutingKey, string ContentType, string MessageId, bool Persistent, JsonElement Event)
{
    public string Id => Event.GetProperty("id").GetString()!;

    public long Version => Event.GetProperty("data").GetProperty("version").GetInt64();
}

/// <summary>A client of the broker that nobody here wrote: Debian's python3-pika. It knows nothing of Moss but the name of the exchange.</summary>
internal sealed class PikaSubscriber : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Channel<Received> received = Channel.CreateUnbounded<Received>();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private PikaSubscriber(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    /// <summary>Its queue is bound when it returns.</summary>
    public static async Task<PikaSubscriber> StartAsync(Uri broker, string pattern)
    {
        // The system's Python: the one that Debian's packages are for.
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Services", "subscriber.py"), broker.ToString(), "subscriber", pattern])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        var subscriber = new PikaSubscriber(Process.Start(start)!);
        await subscriber.ready.Task.WaitAsync(Patience);
        return subscriber;
    }

    /// <summary>Everything up to a message, repetitions too.</summary>
    public async Task<IReadOnlyList<Received>> UntilAsync(Predicate<Received> last)
    {
        using var limit = new CancellationTokenSource(Patience);
        var all = new List<Received>();
        do
        {
            all.Add(await received.Reader.ReadAsync(limit.Token));
        }
        while (!last(all[^1]));
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        var complaints = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                ready.TrySetResult();
            }
            else
            {
                received.Writer.TryWrite(JsonSerializer.Deserialize<Received>(line, JsonSerializerOptions.Web)!);
            }
        }

        var why = new InvalidOperationException($"the subscriber ended (apt-get install python3-pika; ./test does it): {await complaints}");
        ready.TrySetException(why);
        received.Writer.TryComplete(why);
    }
}
