using Npgsql;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>Lets the database refuse artifacts as it does when its disk is full, and take them again.</summary>
internal sealed class FullDisk(string store)
{
    public const string Complaint = "No space left on device";

    public Task FillAsync() => RunAsync(
        $"""
        create function moss.no_room() returns trigger language plpgsql as $$
        begin
          raise exception 'could not extend file: {Complaint}' using errcode = 'disk_full';
        end $$;
        create trigger no_room before insert on moss.artifacts execute function moss.no_room();
        """);

    public Task FreeAsync() => RunAsync("drop function moss.no_room() cascade");

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(store);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
