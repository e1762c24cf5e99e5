using Moss.Containers.Engine;
using Moss.Containers.Engine.Networks;
using Moss.Testing.Docker;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>A daemon and a network in which instances can be reached: the daemons of tests have none by themselves.</summary>
public class DockerUnderTest : IAsyncLifetime
{
    public DockerServer Server { get; private set; } = null!;

    public EngineClient Engine => Server.Engine;

    public string Network { get; } = $"moss-test-{Guid.NewGuid():n}";

    public async Task InitializeAsync()
    {
        Server = await StartAsync();
        await Engine.Networks.CreateAsync(new NetworkSpec(Network, new Dictionary<string, string>()), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await Engine.Networks.RemoveAsync(Network, CancellationToken.None);
            await Server.DisposeAsync();
        }
    }

    private protected virtual Task<DockerServer> StartAsync() => DockerServer.StartAsync();
}

[CollectionDefinition(Name)]
public sealed class DockerCollection : ICollectionFixture<DockerUnderTest>
{
    public const string Name = "docker";
}
