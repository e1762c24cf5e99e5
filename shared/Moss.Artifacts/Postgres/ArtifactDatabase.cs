using Microsoft.Extensions.Logging;
using Npgsql;

namespace Moss.Artifacts.Postgres;

/// <summary>
/// The connections and tables of artifacts in a PostgreSQL database. What was worked for must not be lost to a restart of the
/// server: work is tried again for <see cref="Patience"/> while the server cannot be reached.
/// </summary>
public sealed partial class ArtifactDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private volatile bool prepared;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="clock">Times the attempts.</param>
    /// <param name="logger">Hears of failed ones.</param>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public ArtifactDatabase(string connectionString, TimeProvider clock, ILogger<ArtifactDatabase> logger)
    {
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "moss artifacts" });
        (this.clock, this.logger) = (clock, logger);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>Runs a piece of work that may be repeated from its beginning.</summary>
    /// <exception cref="IOException">The database could not be used; the message says why.</exception>
    internal async Task<T> DoAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await PrepareAsync(connection, cancellationToken);
                return await work(connection);
            }
            catch (NpgsqlException broken) when (IsPassing(broken) && clock.GetElapsedTime(since) < Patience)
            {
                LogTryingAgain(attempt, broken.Message);
                var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(attempt, 10)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, cancellationToken);
            }
            catch (NpgsqlException broken)
            {
                throw new IOException($"the artifacts in the database cannot be used: {broken.Message}", broken);
            }
        }
    }

    /// <summary>A lost connection, or a server that is stopping or starting.</summary>
    private static bool IsPassing(NpgsqlException broken) =>
        broken.IsTransient || broken.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;

    private async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!prepared)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(ArtifactSql.Schema, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            prepared = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The artifacts in the database cannot be reached, attempt {Attempt}: {Reason}")]
    private partial void LogTryingAgain(int attempt, string reason);
}
