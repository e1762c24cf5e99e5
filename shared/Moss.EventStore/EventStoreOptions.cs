namespace Moss.EventStore;

/// <summary>Where events are kept: exactly one of the two is set.</summary>
public sealed class EventStoreOptions
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "Moss:EventStore";

    /// <summary>Path of a SQLite file, made when missing; for one process.</summary>
    public string? Sqlite { get; set; }

    /// <summary>Connection string of a PostgreSQL database, as Npgsql reads it; for any number of processes.</summary>
    public string? Postgres { get; set; }
}
