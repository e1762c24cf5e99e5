using Microsoft.Extensions.DependencyInjection;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Sandboxes;

public sealed class SandboxRegistrationTests
{
    [Fact]
    public async Task The_module_gives_an_engine_that_works_and_says_so()
    {
        using var folder = new TemporaryFolder();
        await using (var services = new ServiceCollection()
            .AddSandboxes(new SandboxOptions { Folder = folder.Combine("sandboxes") })
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }))
        {
            var readiness = await services.GetRequiredService<SandboxHealth>().CheckAsync(CancellationToken.None);
            readiness.Ready.ShouldBeTrue(readiness.Message);
            readiness.Message.ShouldStartWith("bubblewrap ");

            var result = await services.GetRequiredService<ISandboxEngine>().RunAsync(new SandboxSpec(["/bin/true"]), CancellationToken.None);
            result.ShouldBeOfType<SandboxResult.Exited>().Code.ShouldBe(0);
            services.GetRequiredService<IProcessRunner>().ShouldBeOfType<ProcessRunner>();
            (await services.GetRequiredService<SandboxSweep>().RunAsync()).Folders.ShouldBe(0);
        }

        Directory.EnumerateFileSystemEntries(folder.Combine("sandboxes")).ShouldBeEmpty("the folder of this process goes with it");
    }
}
