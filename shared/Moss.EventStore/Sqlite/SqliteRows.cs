using Microsoft.Data.Sqlite;
using Moss.EventStore.Appending;

namespace Moss.EventStore.Sqlite;

/// <summary>Columns of the queries, by their order in the scripts.</summary>
internal static class SqliteRows
{
    /// <summary>An id that is no GUID any more becomes empty: readers refuse it, and its hash does not fit.</summary>
    public static EventRow Event(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), Guid.TryParseExact(row.GetString(3), "D", out var id) ? id : Guid.Empty,
        row.GetString(4), row.GetString(5), row.GetString(6), row.GetFieldValue<byte[]>(7));

    public static StreamHead? Head(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new StreamHead(row.GetInt64(column), row.GetFieldValue<byte[]>(column + 1));

    public static EventPlace? Place(SqliteDataReader row) => new EventPlace(row.GetString(0), row.GetInt64(1), row.GetString(2));

    public static Deadline Deadline(SqliteDataReader row) =>
        new(row.GetString(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetString(2), row.GetString(3));
}
