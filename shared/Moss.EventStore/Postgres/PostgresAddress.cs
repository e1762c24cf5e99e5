using Npgsql;

namespace Moss.EventStore.Postgres;

/// <summary>Checks a connection string before anything connects.</summary>
public static class PostgresAddress
{
    /// <summary>What is wrong and what to do, continuing a sentence that begins with the setting's name; null when it is well.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            var address = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(address.Host) ? "names no server: add Host=…"
                : string.IsNullOrWhiteSpace(address.Database) ? "names no database: add Database=…"
                : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            return $"is no connection string ({malformed.Message}): write Host=…;Database=…;Username=…;Password=…";
        }
    }
}
