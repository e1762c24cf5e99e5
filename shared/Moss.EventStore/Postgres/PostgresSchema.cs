using System.Globalization;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>Brings the schema up to date under a lock, so that any number of processes may start at once.</summary>
internal static class PostgresSchema
{
    public static async Task ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection.Command("lock-schema"), cancellationToken);
        await RunAsync(connection.Command("prepare-schema"), cancellationToken);
        var version = await VersionAsync(connection, cancellationToken);
        if (version > PostgresSql.Scripts.Schema.Count)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"the database was written by a newer Moss: its schema is {version}, this Moss knows {PostgresSql.Scripts.Schema.Count}"));
        }

        foreach (var (number, sql) in PostgresSql.Scripts.Schema.Where(script => script.Number > version))
        {
#pragma warning disable CA2100 // The text is an embedded script of this assembly.
            await RunAsync(new NpgsqlCommand(sql, connection), cancellationToken);
#pragma warning restore CA2100
            await RunAsync(connection.Command("save-schema-version", number), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("schema-version");
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
