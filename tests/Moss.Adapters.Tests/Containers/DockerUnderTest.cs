using Moss.Containers.Engine;
using Moss.Testing.Docker;

namespace Moss.Adapters.Tests.Containers;

/// <summary>One daemon for all tests that need a real one.</summary>
public sealed class DockerUnderTest : IAsyncLifetime
{
    public DockerServer Server { get; private set; } = null!;

    public EngineClient Engine => Server.Engine;

    public async Task InitializeAsync() => Server = await DockerServer.StartAsync();

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class DockerCollection : ICollectionFixture<DockerUnderTest>
{
    public const string Name = "docker";
}
