using Moss.EventStore.Appending;
using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>Columns of the queries, by their order in the scripts.</summary>
internal static class PostgresRows
{
    public static EventRow Event(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetGuid(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.GetFieldValue<byte[]>(7));

    public static StreamHead? Head(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new StreamHead(row.GetInt64(column), row.GetFieldValue<byte[]>(column + 1));

    public static Deadline Deadline(NpgsqlDataReader row) =>
        new(row.GetString(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetString(2), row.GetString(3));
}
