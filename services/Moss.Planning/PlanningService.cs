using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Moss.CodingAgents;
using Moss.Planning.Handlers;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Stages;

namespace Moss.Planning;

/// <summary>
/// The door of Planning: every role that reads and judges. The host brings the sandbox engine, the directory of
/// substrates, the artifact store, the ledger, the workspace reader and <c>AgentSessionOptions</c>.
/// </summary>
public static class PlanningService
{
    /// <summary>Adds the handlers and what they need; before the bus.</summary>
    public static IServiceCollection AddPlanning(this IServiceCollection services)
    {
        services.AddCodingAgents();
        services.TryAddSingleton<BaselineReader>();
        services.AddSingleton<ReadingRoom>();
        return services.AddStages().AddConsumersOf(bus =>
        {
            bus.AddConsumer<LocateFaultHandler>();
            bus.AddConsumer<DraftPlanHandler>();
            bus.AddConsumer<ReviewPlanHandler>();
            bus.AddConsumer<ReviewCodeHandler>();
            bus.AddConsumer<ProposeVerdictHandler>();
        });
    }

    /// <inheritdoc cref="AddPlanning(IServiceCollection)"/>
    public static IHostApplicationBuilder AddPlanning(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPlanning();
        return builder;
    }

    /// <summary>Planning is asked over the bus alone.</summary>
    public static IEndpointRouteBuilder MapPlanning(this IEndpointRouteBuilder endpoints) => endpoints;
}
