using Moss.Testing.Postgres;

namespace Moss.Adapters.Tests.Artifacts;

/// <summary>One server for all tests of artifacts in a database.</summary>
public sealed class PostgresArtifactsFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync(durable: false);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class PostgresArtifacts : ICollectionFixture<PostgresArtifactsFixture>
{
    public const string Name = "artifacts in PostgreSQL";
}
