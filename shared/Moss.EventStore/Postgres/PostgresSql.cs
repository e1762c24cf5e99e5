using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>Commands from embedded scripts; values go to $1, $2 … in order.</summary>
internal static class PostgresSql
{
    public static readonly SqlScripts Scripts = new("Postgres");

    public static NpgsqlCommand Command(this NpgsqlDataSource source, string query, params ReadOnlySpan<object> values)
    {
        var command = source.CreateCommand(Scripts.Query(query));
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string query, params ReadOnlySpan<object> values)
    {
#pragma warning disable CA2100 // The text is an embedded script of this assembly.
        var command = new NpgsqlCommand(Scripts.Query(query), connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public static void Add(this NpgsqlBatch batch, string query, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(Scripts.Query(query));
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(command);
    }

    public static async Task RunAsync(this NpgsqlDataSource source, string query, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = source.Command(query, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first column of the first row; null when there is no row or it holds null.</summary>
    public static async Task<object?> ScalarAsync(
        this NpgsqlDataSource source, string query, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = source.Command(query, values);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;
    }

    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataSource source, string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = source.Command(query, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
