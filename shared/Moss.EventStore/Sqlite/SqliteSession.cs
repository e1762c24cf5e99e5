using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Moss.EventStore.Sqlite;

/// <summary>One connection with its prepared statements, used by one thread at a time.</summary>
internal sealed partial class SqliteSession : IDisposable
{
    public static readonly SqlScripts Scripts = new("Sqlite");

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    private SqliteSession(string path, string openingScript)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Execute(Scripts.Query(openingScript));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteSession Writer(string path) => new(path, "open-writer");

    public static SqliteSession Reader(string path) => new(path, "open-reader");

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Run(string query, params ReadOnlySpan<object> values) => Bind(query, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is no row or it holds null.</summary>
    public object? Scalar(string query, params ReadOnlySpan<object> values) =>
        Bind(query, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public T? First<T>(string query, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        using var reader = Bind(query, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public List<T> Rows<T>(string query, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        var rows = new List<T>();
        ForEach(query, reader => rows.Add(read(reader)), values);
        return rows;
    }

    public void ForEach(string query, Action<SqliteDataReader> visit, params ReadOnlySpan<object> values)
    {
        using var reader = Bind(query, values).ExecuteReader();
        while (reader.Read())
        {
            visit(reader);
        }
    }

    /// <summary>Runs a whole script, which is not prepared, and returns its first value.</summary>
    public object? Execute(string script)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is an embedded script of this assembly.
        command.CommandText = script;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        object? first = null;
        do
        {
            first ??= reader.Read() ? reader.GetValue(0) : null;
        }
        while (reader.NextResult());
        return first;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>Values go to the parameters in the order in which the script names them.</summary>
    private SqliteCommand Bind(string query, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(query, out var command))
        {
            command = Prepare(Scripts.Query(query));
            prepared.Add(query, command);
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        return command;
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is an embedded script of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct())
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    [GeneratedRegex("@[a-z]+")]
    private static partial Regex Parameter();
}
