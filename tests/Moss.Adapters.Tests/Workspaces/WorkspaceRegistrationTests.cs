using Microsoft.Extensions.DependencyInjection;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class WorkspaceRegistrationTests
{
    private static readonly WorkspaceSettings Settings = new("/data");

    [Fact]
    public void Who_only_looks_gets_no_writer()
    {
        using var services = new ServiceCollection().AddWorkspaceReader(Settings).BuildServiceProvider();

        services.GetService<IWorkspaceReader>().ShouldNotBeNull();
        services.GetService<IWorkspaceWriter>().ShouldBeNull();
    }

    [Fact]
    public void Reader_and_writer_share_their_locks_whoever_adds_first()
    {
        using var services = new ServiceCollection().AddWorkspaceReader(Settings).AddWorkspaceWriter(Settings).AddWorkspaceReader(Settings).BuildServiceProvider();

        services.GetRequiredService<IWorkspaceWriter>().ShouldBeSameAs(services.GetRequiredService<IWorkspaceReader>());
    }
}
