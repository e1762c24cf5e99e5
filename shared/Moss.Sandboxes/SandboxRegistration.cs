using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.Processes;
using Moss.Sandboxes.Processes;

namespace Moss.Sandboxes;

/// <summary>The door of this module.</summary>
public static class SandboxRegistration
{
    /// <summary>Adds <see cref="ISandboxEngine"/>, <see cref="SandboxFolders"/>, <see cref="SandboxSweep"/> and <see cref="SandboxHealth"/>.</summary>
    public static IServiceCollection AddSandboxes(this IServiceCollection services, SandboxOptions options)
    {
        services.AddProcesses();
        services.AddSingleton(new BubblewrapOptions { AllowUnlimitedProcesses = options.AllowUnlimitedProcesses });
        services.AddSingleton(_ => new SandboxFolders(options.Folder));
        services.AddSingleton<BubblewrapProbe>();
        services.AddSingleton<ISandboxEngine, BubblewrapEngine>();
        services.AddSingleton(provider => new SandboxHealth(provider.GetRequiredService<BubblewrapProbe>()));
        services.AddSingleton<SandboxSweep>();
        return services;
    }

    /// <summary>
    /// The same for a program that serves: what its user chose is among its settings (<c>allow-unlimited-processes</c>), and at its
    /// start it removes what sandboxes of a killed Moss left.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="folder">The <c>sandboxes</c> folder of the data folder.</param>
    /// <param name="configuration">All settings.</param>
    public static IServiceCollection AddSandboxes(this IServiceCollection services, string folder, IConfiguration configuration) => services
        .AddSandboxes(new SandboxOptions { Folder = folder, AllowUnlimitedProcesses = configuration.GetValue<bool>("allow-unlimited-processes") })
        .AddHostedService<SandboxCleaning>();

    /// <summary>
    /// An engine by itself, for programs without a container of services and for tests.
    /// </summary>
    public static ISandboxEngine CreateEngine(SandboxFolders folders, bool allowUnlimitedProcesses = false)
    {
        var runner = new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System);
        var options = new BubblewrapOptions { AllowUnlimitedProcesses = allowUnlimitedProcesses };
        return new BubblewrapEngine(runner, ProcessLauncher.Shared, new BubblewrapProbe(runner, folders, options, TimeProvider.System), TimeProvider.System);
    }
}
