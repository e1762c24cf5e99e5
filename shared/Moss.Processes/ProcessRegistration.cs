using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Moss.Processes;

/// <summary>The door of this module.</summary>
public static class ProcessRegistration
{
    /// <summary>Adds <see cref="IProcessRunner"/>, <see cref="DetachedProcesses"/> and what they need; may be called more than once.</summary>
    public static IServiceCollection AddProcesses(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => ProcessLauncher.Shared);
        services.TryAddSingleton<IProcessRunner, ProcessRunner>();
        services.TryAddSingleton<DetachedProcesses>();
        return services;
    }
}
