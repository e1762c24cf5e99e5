using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Moss.Containers;
using Moss.Containers.Building;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Instances.Swapping.Rehearsing;
using Moss.Deployment.Probing;

namespace Moss.Deployment.Instances;

/// <summary>Processes or containers, as the options say; they are read when the first of these is asked for.</summary>
internal static class InstancesRegistration
{
    public static IServiceCollection AddInstances(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new EngineClient(
            new EngineOptions { Socket = Options(provider).Socket }, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddCommitImages(new CommitImageOptions());
        services.TryAddSingleton<IInstanceEngine, InstanceEngine>();
        services.TryAddSingleton<ISwapEngine, SwapEngine>();
        services.AddSingleton<SwapPlaces>();
        services.AddSingleton<SwapLogs>();
        services.AddSingleton<SwapNeighbours>();
        services.AddSingleton<SwapRoom>();
        services.AddSingleton<SwapInspection>();
        services.AddSingleton<SwapAdoption>();
        services.AddSingleton<SwapHost>();
        services.AddSingleton<VolumeCopier>();
        services.AddSingleton<StateCopies>();
        services.AddSingleton<RehearsedVersion>();
        services.AddSingleton<Rehearsals>();
        services.AddSingleton<ContainerInstanceHost>();
        services.AddSingleton<ContainerFinder>();
        services.TryAddSingleton<IVersionImages, VersionImages>();
        services.AddSingleton<ContainerLogs>();
        services.AddSingleton<ContainerPlace>();
        services.TryAddSingleton<IInstanceHost>(provider => Choose<IInstanceHost, InstanceHosts, ProcessInstanceHost>(provider));
        services.TryAddSingleton<ILaunchSource>(provider => Choose<ILaunchSource, ImageSource, TreeSource>(provider));
        services.TryAddSingleton<IInstanceReach>(provider => Choose<IInstanceReach, ContainerReach, ProcessReach>(provider));
        return services;
    }

    private static TPort Choose<TPort, TContainers, TProcesses>(IServiceProvider provider)
        where TPort : notnull
        where TContainers : class, TPort
        where TProcesses : class, TPort =>
        Options(provider).RunsContainers ? ActivatorUtilities.CreateInstance<TContainers>(provider) : ActivatorUtilities.CreateInstance<TProcesses>(provider);

    private static DeploymentOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DeploymentOptions>>().Value;
}
