using Npgsql;

namespace Moss.Artifacts.Postgres;

/// <summary>Every statement of this adapter. Tables are only ever added to: two versions of Moss may run at once.</summary>
internal static class ArtifactSql
{
    /// <summary>Under the lock that the event store makes its schema under, so that any number of processes may start at once.</summary>
    public const string Schema = """
        select pg_advisory_xact_lock(1836020595, 1);
        create schema if not exists moss;
        create table if not exists moss.artifacts (hash bytea primary key, length bigint not null);
        create table if not exists moss.artifact_parts (
          hash bytea not null references moss.artifacts (hash),
          number int not null,
          content bytea not null,
          primary key (hash, number)
        );
        -- id: SHA-256 of the key, which may be longer than an index takes
        create table if not exists moss.stage_answers (id bytea primary key, json text not null);
        """;

    public const string AddArtifact = "insert into moss.artifacts (hash, length) values ($1, $2) on conflict do nothing";
    public const string AddPart = "insert into moss.artifact_parts (hash, number, content) values ($1, $2, $3)";
    public const string FindLength = "select length from moss.artifacts where hash = $1";
    public const string FindParts = "select content from moss.artifact_parts where hash = $1 order by number";
    public const string AddAnswer = "insert into moss.stage_answers (id, json) values ($1, $2) on conflict do nothing";
    public const string FindAnswer = "select json from moss.stage_answers where id = $1";

    /// <param name="connection">Where.</param>
    /// <param name="sql">A constant of this class.</param>
    /// <param name="values">Go to $1, $2 … in order.</param>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
#pragma warning disable CA2100 // The constants above.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
