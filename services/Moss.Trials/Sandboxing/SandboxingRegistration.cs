using Microsoft.Extensions.DependencyInjection;
using Moss.Replays;
using Moss.Replays.Coverage;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Configuration;

namespace Moss.Trials.Sandboxing;

/// <summary>What trials run in, apart from what coding agents run in: those never get near a container engine.</summary>
internal static class SandboxingRegistration
{
    /// <summary>Under this key stand the <see cref="ISandboxEngine"/> and the <see cref="IReplayer"/> of trials.</summary>
    public const string Key = "trials";

    public static IServiceCollection AddTrialSandboxes(this IServiceCollection services)
    {
        services.AddOptionsOf<SandboxesOptions>(SandboxesOptions.Section);
        services.AddSingleton<TrialContainers>();
        services.AddSingleton(provider => new Lazy<TrialContainers>(provider.GetRequiredService<TrialContainers>));
        services.AddKeyedSingleton<ISandboxEngine>(Key, (provider, _) => provider.GetRequiredService<SandboxesOptions>().RunsContainers
            ? provider.GetRequiredService<TrialContainers>().Engine
            : provider.GetRequiredService<ISandboxEngine>());
        services.AddKeyedSingleton<IReplayer>(Key, (provider, key) => new SandboxReplayer(
            provider.GetRequiredKeyedService<ISandboxEngine>(key), provider.GetRequiredService<SandboxFolders>(), [.. provider.GetServices<ILineCoverage>()]));
        services.AddHostedService<ContainerSweeping>();
        return services;
    }
}
