using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Moss.EventStore.Turns;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>
/// Turns as advisory locks of a database session: the server frees them as soon as the holder's connection ends, which it does
/// at once when its process is killed, and within a few seconds when its machine is gone.
/// </summary>
public sealed partial class PostgresTurns : ITurns, IAsyncDisposable
{
    private const string QuickToNotice = "-c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider clock;
    private readonly ILogger logger;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="clock">Times the attempts to take a turn.</param>
    /// <param name="logger">Hears of lost connections.</param>
    public PostgresTurns(string connectionString, TimeProvider clock, ILogger<PostgresTurns> logger)
    {
        (this.clock, this.logger) = (clock, logger);
        // Not pooled: a pool would keep the session, and its locks, until the connection is used again.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "moss turns", Pooling = false };
        settings.Options = string.IsNullOrWhiteSpace(settings.Options) ? QuickToNotice : $"{settings.Options} {QuickToNotice}";
        source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public async Task<ITurn> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"moss turn {name}")));
        NpgsqlConnection? connection = null;
        try
        {
            while (true)
            {
                try
                {
                    connection ??= await source.OpenConnectionAsync(cancellationToken);
                    if (await TryAsync(connection, key, cancellationToken))
                    {
                        var turn = new PostgresTurn(connection, clock);
                        connection = null;
                        return turn;
                    }
                }
                catch (NpgsqlException broken)
                {
                    LogUnreachable(name, broken);
                    await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
                    connection = null;
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
        finally
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<bool> TryAsync(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("try-turn", key);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be asked for the turn '{Turn}'; trying again")]
    private partial void LogUnreachable(string turn, Exception exception);
}
