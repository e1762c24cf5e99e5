using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moss.Replays;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Configuration;
using Moss.Trials.Building;
using Moss.Trials.Judging;
using Moss.Trials.Replaying;
using Moss.Trials.Sandboxing;

namespace Moss.Trials;

/// <summary>The door of trials: builds candidates and replays scenarios on both arms.</summary>
public static class TrialsService
{
    /// <summary>
    /// Adds everything that trials need besides artifacts, the ledger, a sandbox engine, workspaces, the directory of substrates
    /// and a bus.
    /// </summary>
    public static IServiceCollection AddTrials(this IServiceCollection services)
    {
        services.AddOptionsOf<TrialsOptions>(TrialsOptions.Section);
        services.AddReplays();
        services.AddTrialSandboxes();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<BuiltTrees>();
        services.AddSingleton<BuiltImages>();
        services.AddSingleton<TrialSources>();
        services.AddSingleton<TrialGrounds>();
        services.AddSingleton<TrialModels>();
        services.AddSingleton<IJudgeModels, JudgeModels>().AddSingleton<JudgeCalibrator>();
        services.AddSingleton<TrialRunner>();
        services.AddSingleton<TrialBoard>();
        services.AddSingleton<TrialFleet>().AddSingleton<TrialLooks>().AddSingleton<FiringProbe>().AddSingleton<TouchProbe>();
        services.AddConsumersOf(bus =>
        {
            bus.AddConsumer<BuildCandidateHandler>();
            bus.AddConsumer<RunTrialsHandler>();
            bus.AddConsumer<RunTrialHandler>(typeof(RunTrialDefinition));
            bus.AddConsumer<TrialRunHandler>().Endpoint(OwnEndpoint.Named("trial-run"));
            bus.AddConsumer<JudgeTrialsHandler>();
        });
        return services;
    }

    /// <summary>Maps its endpoints.</summary>
    public static void MapTrials(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/trials", (
                [FromKeyedServices(SandboxingRegistration.Key)] ISandboxEngine engine, TrialRunner runner) =>
                TypedResults.Ok(new TrialsView(engine.Name, runner.Parallelism, runner.Running)))
            .WithSummary("What runs trials here, and how many run now")
            .WithTags("Trials");
}

/// <summary>What runs trials in this process.</summary>
/// <param name="Engine">process or docker.</param>
/// <param name="Parallelism">Trials at once at most.</param>
/// <param name="Running">Trials that run now.</param>
public sealed record TrialsView(string Engine, int Parallelism, int Running);
