using Microsoft.Extensions.DependencyInjection;
using Moss.Containers.Building;
using Moss.Containers.Engine;
using Moss.Containers.Sandboxing;
using Moss.Sandboxes;
using Moss.Workspaces;

namespace Moss.Containers;

/// <summary>The door of this module.</summary>
public static class ContainersRegistration
{
    /// <summary>Adds <see cref="EngineClient"/>.</summary>
    public static IServiceCollection AddContainerEngine(this IServiceCollection services, EngineOptions options) =>
        services.AddSingleton(provider => new EngineClient(options, provider.GetService<TimeProvider>() ?? TimeProvider.System));

    /// <summary>
    /// Makes containers the sandboxes of this process: <see cref="ISandboxEngine"/> in place of an earlier one, and
    /// <see cref="DockerSweep"/>. <see cref="AddContainerEngine"/> is needed besides.
    /// </summary>
    public static IServiceCollection AddDockerSandboxes(this IServiceCollection services, DockerSandboxOptions options) => services
        .AddSingleton<ISandboxEngine>(provider => new DockerSandboxEngine(
            provider.GetRequiredService<EngineClient>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System))
        .AddSingleton<DockerSweep>();

    /// <summary>
    /// Adds <see cref="CommitImages"/>. <see cref="AddContainerEngine"/> and a reader of workspaces are needed besides.
    /// </summary>
    public static IServiceCollection AddCommitImages(this IServiceCollection services, CommitImageOptions options) =>
        services.AddSingleton(provider => new CommitImages(
            provider.GetRequiredService<EngineClient>(), provider.GetRequiredService<IWorkspaceReader>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System));
}
