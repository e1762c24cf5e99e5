using Microsoft.Extensions.DependencyInjection;
using Moss.Containers;
using Moss.Containers.Engine;
using Moss.Containers.Sandboxing;
using Moss.Sandboxes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers;

public sealed class ContainersRegistrationTests
{
    [Fact]
    public async Task Containers_take_the_place_of_the_process_sandbox()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddSandboxes(new SandboxOptions { Folder = folder.Combine("sandboxes") })
            .AddContainerEngine(new EngineOptions())
            .AddDockerSandboxes(new DockerSandboxOptions())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        services.GetRequiredService<ISandboxEngine>().Name.ShouldBe("docker");
        services.GetRequiredService<DockerSweep>().ShouldNotBeNull();
        services.GetRequiredService<SandboxFolders>().ShouldNotBeNull();
    }
}
