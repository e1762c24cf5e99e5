using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Moss.CodingAgents;
using Moss.Implementation.Handlers;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Stages;

namespace Moss.Implementation;

/// <summary>
/// The door of Implementation, the only service that writes source. The host brings the same as for Planning and a workspace
/// writer.
/// </summary>
public static class ImplementationService
{
    /// <summary>Adds the handler, the sweep and what they need; before the bus.</summary>
    public static IServiceCollection AddImplementation(this IServiceCollection services)
    {
        services.AddCodingAgents();
        services.TryAddSingleton<BaselineReader>();
        services.AddSingleton<Author>();
        services.AddSingleton<Rebaser>();
        services.AddHostedService<WorkspaceSweep>();
        return services.AddStages().AddConsumersOf(bus =>
        {
            bus.AddConsumer<ImplementPlanHandler>();
            bus.AddConsumer<RebaseChangeHandler>();
        });
    }

    /// <inheritdoc cref="AddImplementation(IServiceCollection)"/>
    public static IHostApplicationBuilder AddImplementation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddImplementation();
        return builder;
    }

    /// <summary>Implementation is asked over the bus alone.</summary>
    public static IEndpointRouteBuilder MapImplementation(this IEndpointRouteBuilder endpoints) => endpoints;
}
