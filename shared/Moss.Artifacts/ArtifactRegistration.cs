using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Moss.Artifacts.Postgres;

namespace Moss.Artifacts;

/// <summary>The door of this module.</summary>
public static class ArtifactRegistration
{
    /// <summary>Registers the artifact store and the stage ledger over one folder.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="folder">Holds <c>blobs/</c> and <c>ledger/</c>; made when missing.</param>
    public static IServiceCollection AddArtifacts(this IServiceCollection services, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IArtifactStore>(
            provider => new FileArtifactStore(Path.Combine(folder, "blobs"), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStageLedger>(
            provider => new FileStageLedger(Path.Combine(folder, "ledger"), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Registers the artifact store and the stage ledger over a PostgreSQL database, for any number of processes.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">As Npgsql reads it; tables are made when missing.</param>
    public static IServiceCollection AddPostgresArtifacts(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new ArtifactDatabase(
            connectionString, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ArtifactDatabase>>()));
        services.TryAddSingleton<IArtifactStore, PostgresArtifactStore>();
        services.TryAddSingleton<IStageLedger, PostgresStageLedger>();
        return services;
    }
}
