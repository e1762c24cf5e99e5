using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>Hears of appends by other processes on a connection of its own. While there is none, everyone who waits is woken to look.</summary>
internal sealed partial class PostgresListener(string connectionString, FeedSignal signal, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task? loop;

    public void EnsureStarted()
    {
        lock (gate)
        {
            loop ??= Task.Run(RunAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (loop is not null)
        {
            await loop;
        }

        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever broke the connection, the next one may hold.
            catch (Exception broken)
#pragma warning restore CA1031
            {
                LogLost(broken);
                signal.WakeAll();
                await Task.Delay(Retry, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        connection.Notification += (_, notification) => signal.Reached(long.Parse(notification.Payload, CultureInfo.InvariantCulture));
        await connection.OpenAsync(cancellationToken);
        await using (var listen = connection.Command("listen"))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was appended before the ear was open.
        await using (var last = connection.Command("last-position"))
        {
            signal.Reached((long)(await last.ExecuteScalarAsync(cancellationToken))!);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The event store's listener lost its connection; trying again")]
    private partial void LogLost(Exception exception);
}
