using Microsoft.Extensions.Logging.Abstractions;
using Moss.Artifacts;
using Moss.Artifacts.Postgres;
using Npgsql;

namespace Moss.Adapters.Tests.Artifacts;

[Collection(PostgresArtifacts.Name)]
public sealed class PostgresArtifactStoreTests(PostgresArtifactsFixture fixture) : ArtifactStoreConformance, IAsyncLifetime
{
    private string address = "";
    private ArtifactDatabase database = null!;

    protected override IArtifactStore Store => new PostgresArtifactStore(database);

    public async Task InitializeAsync()
    {
        address = await fixture.Server.CreateDatabaseAsync();
        database = Open();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Fifty_megabytes_come_back_as_they_were_in_another_process()
    {
        var transcript = new byte[50 * 1024 * 1024];
        new Random(1).NextBytes(transcript);
        var hash = await Store.KeepAsync(transcript, CancellationToken.None);

        await using var other = Open();
        var found = await new PostgresArtifactStore(other).FindAsync(hash, CancellationToken.None);

        found.ShouldNotBeNull().AsSpan().SequenceEqual(transcript).ShouldBeTrue();
        (await CountAsync("select count(*) from moss.artifact_parts")).ShouldBe(50);
    }

    [Fact]
    public async Task Processes_that_keep_the_same_at_once_keep_it_once()
    {
        var databases = Enumerable.Range(0, 6).Select(_ => Open()).ToList();

        var hashes = await Task.WhenAll(databases.Select(one => Task.Run(
            () => new PostgresArtifactStore(one).KeepAsync("plan"u8.ToArray(), CancellationToken.None))));

        hashes.Distinct().ShouldHaveSingleItem();
        (await CountAsync("select count(*) from moss.artifact_parts")).ShouldBe(1);
        await Task.WhenAll(databases.Select(one => one.DisposeAsync().AsTask()));
    }

    [Theory]
    [InlineData("update moss.artifact_parts set content = 'evil'")]
    [InlineData("update moss.artifact_parts set content = 'more than was kept'")]
    [InlineData("delete from moss.artifact_parts")]
    public async Task A_changed_artifact_is_never_handed_out(string change)
    {
        var hash = await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);
        await RunAsync(change);

        (await Should.ThrowAsync<InvalidDataException>(() => Store.FindAsync(hash, CancellationToken.None))).Message.ShouldContain(hash);
    }

    [Fact]
    public async Task A_lost_connection_is_made_again()
    {
        var hash = await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);
        await RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'moss artifacts' and datname = current_database()");

        (await Store.FindAsync(hash, CancellationToken.None)).ShouldBe("plan"u8.ToArray());
    }

    [Fact]
    public async Task A_database_that_refuses_is_named_as_what_broke()
    {
        await using var refused = new ArtifactDatabase(
            new NpgsqlConnectionStringBuilder(address) { Username = "nobody" }.ConnectionString, TimeProvider.System, NullLogger<ArtifactDatabase>.Instance);

        var broken = await Should.ThrowAsync<IOException>(() => new PostgresArtifactStore(refused).KeepAsync("plan"u8.ToArray(), CancellationToken.None));

        broken.Message.ShouldContain("nobody");
    }

    private ArtifactDatabase Open() => new(address, TimeProvider.System, NullLogger<ArtifactDatabase>.Instance);

    private async Task<long> CountAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
