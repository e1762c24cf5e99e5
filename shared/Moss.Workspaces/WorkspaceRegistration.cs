using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moss.Processes;

namespace Moss.Workspaces;

/// <summary>The doors of this module: one to look, one to write. A service that only looks takes the first alone.</summary>
public static class WorkspaceRegistration
{
    /// <summary>Adds <see cref="IWorkspaceReader"/> and what it needs; may be called more than once, the first settings count.</summary>
    public static IServiceCollection AddWorkspaceReader(this IServiceCollection services, WorkspaceSettings settings)
    {
        services.AddProcesses();
        services.TryAddSingleton(settings);
        services.TryAddSingleton<GitWorkspaces>();
        services.TryAddSingleton<IWorkspaceReader>(provider => provider.GetRequiredService<GitWorkspaces>());
        services.TryAddSingleton(provider => provider.GetRequiredService<GitWorkspaces>().History);
        return services;
    }

    /// <summary>Adds <see cref="IWorkspaceWriter"/> and <see cref="IRecordBranch"/> too. Only for services that own changes to a repository.</summary>
    public static IServiceCollection AddWorkspaceWriter(this IServiceCollection services, WorkspaceSettings settings)
    {
        services.AddWorkspaceReader(settings);
        services.TryAddSingleton<IWorkspaceWriter>(provider => provider.GetRequiredService<GitWorkspaces>());
        services.TryAddSingleton<IRecordBranch>(provider => provider.GetRequiredService<GitWorkspaces>());
        return services;
    }

    /// <summary>Adds <see cref="IStableBranch"/> to what <see cref="AddWorkspaceReader"/> added. Only for who does oversight.</summary>
    public static IServiceCollection AddStableBranch(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredService<GitWorkspaces>().Stable);
        return services;
    }
}
