using Microsoft.Extensions.Logging.Abstractions;
using Moss.Artifacts;
using Moss.Artifacts.Postgres;

namespace Moss.Adapters.Tests.Artifacts;

[Collection(PostgresArtifacts.Name)]
public sealed class PostgresStageLedgerTests(PostgresArtifactsFixture fixture) : StageLedgerConformance, IAsyncLifetime
{
    private string address = "";
    private ArtifactDatabase database = null!;

    protected override IStageLedger Ledger => new PostgresStageLedger(database);

    public async Task InitializeAsync()
    {
        address = await fixture.Server.CreateDatabaseAsync();
        database = Open();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Of_many_processes_that_answer_at_once_one_wins()
    {
        var databases = Enumerable.Range(0, 6).Select(_ => Open()).ToList();

        var heard = await Task.WhenAll(databases.Select((one, index) => Task.Run(
            () => new PostgresStageLedger(one).KeepAsync("key", Saying($"answer {index}"), CancellationToken.None))));

        heard.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        await Task.WhenAll(databases.Select(one => one.DisposeAsync().AsTask()));
    }

    private ArtifactDatabase Open() => new(address, TimeProvider.System, NullLogger<ArtifactDatabase>.Instance);
}
