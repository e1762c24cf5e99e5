using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moss.Replays.Coverage;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;

namespace Moss.Replays;

/// <summary>The door of this module.</summary>
public static class ReplaysRegistration
{
    /// <summary>
    /// Adds <see cref="IReplayer"/> and <see cref="ISubstrateLoader"/>; may be called by each service that needs them. They need a
    /// sandbox engine, workspaces and the directory of substrates.
    /// </summary>
    public static IServiceCollection AddReplays(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILineCoverage, PythonCoverage>());
        services.TryAddSingleton<IReplayer>(provider => new SandboxReplayer(
            provider.GetRequiredService<ISandboxEngine>(), provider.GetRequiredService<SandboxFolders>(), [.. provider.GetServices<ILineCoverage>()]));
        services.TryAddSingleton<ISubstrateLoader, SubstrateLoader>();
        return services;
    }
}
