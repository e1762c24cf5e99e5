using Moss.EventStore.Turns;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>A held lock, and a look every second whether the session that holds it still lives.</summary>
internal sealed class PostgresTurn : ITurn
{
    private const int AnswerSeconds = 2;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnection connection;
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task watching;

    public PostgresTurn(NpgsqlConnection connection, TimeProvider clock)
    {
        this.connection = connection;
        Lost = lost.Token;
        watching = Task.Run(() => WatchAsync(clock));
    }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        await connection.DisposeAsync();
        ended.Dispose();
        lost.Dispose();
    }

    private async Task WatchAsync(TimeProvider clock)
    {
        using var tick = new PeriodicTimer(Beat, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(ended.Token))
            {
                await using var command = connection.Command("keep-turn");
                command.CommandTimeout = AnswerSeconds;
                await command.ExecuteScalarAsync(ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The holder gives it back.
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException or IOException)
        {
            await lost.CancelAsync();
        }
    }
}
