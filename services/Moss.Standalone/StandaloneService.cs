using Moss.Artifacts;
using Moss.CodingAgents;
using Moss.Deployment;
using Moss.EventStore;
using Moss.Implementation;
using Moss.Ingestion;
using Moss.Orchestrator;
using Moss.Planning;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Hosting;
using Moss.ServiceDefaults.Problems;
using Moss.Standalone.Hosting;
using Moss.Trials;
using Moss.Workspaces;

namespace Moss.Standalone;

/// <summary>All services in one process: in-memory bus, SQLite, git and the process sandbox, everything in one data folder.</summary>
internal static class StandaloneService
{
    private const long LargestRequest = 96 * 1024 * 1024;

    /// <summary>Adds everything; the folder that is returned is held until it is disposed.</summary>
    public static DataFolder AddStandalone(this WebApplicationBuilder builder)
    {
        var data = DataFolder.Open(builder.Configuration["data"]);
        builder.Logging.ClearProviders().AddProvider(new FileLoggerProvider(data.LogFile, TimeProvider.System));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestRequest);
        builder.Services.AddSingleton(data);
        builder.Services.AddFoundation(data, builder.Configuration);
        builder.Services.AddServices(data);
        builder.Services.AddInMemoryBus();
        builder.Services.AddHostedService<Announcement>();
        if (builder.Configuration.GetValue<bool>(StopWithParent.Setting))
        {
            builder.Services.AddHostedService<StopWithParent>();
        }

        return data;
    }

    /// <summary>Maps every service's endpoints.</summary>
    public static void MapStandalone(this WebApplication app)
    {
        app.UseMossProblems();
        app.MapIngestion();
        app.MapOrchestrator();
        app.MapPlanning();
        app.MapImplementation();
        app.MapTrials();
        app.MapDeployment();
        app.MapOpenApi();
        app.MapGet("/health/live", () => "live").ExcludeFromDescription();
        app.MapGet("/health/ready", () => "ready").ExcludeFromDescription();
    }

    private static void AddFoundation(this IServiceCollection services, DataFolder data, IConfiguration configuration)
    {
        services.AddEventStore(store => store.Sqlite = data.Database);
        services.AddArtifacts(data.Artifacts);
        services.AddProcesses();
        services.AddSandboxes(data.Sandboxes, configuration);
        services.AddWorkspaceWriter(new WorkspaceSettings(data.Root));
        services.AddStableBranch();
        services.AddAgentSessions(data.Sessions, configuration);
        services.AddMossProblems();
        services.AddOpenApi();
    }

    private static void AddServices(this IServiceCollection services, DataFolder data)
    {
        services.AddIngestion();
        services.AddOrchestrator();
        services.AddPlanning();
        services.AddImplementation();
        services.Configure<TrialsOptions>(trials => trials.BuiltTrees = data.BuiltTrees);
        services.AddTrials();
        services.AddDeployment(deployment => deployment.Folder = data.Deployments);
        services.AddWatching();
        services.AddRecordKeeping();
    }
}
