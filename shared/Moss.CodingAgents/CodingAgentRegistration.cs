using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moss.Artifacts;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Cases;
using Moss.CodingAgents.Memories;
using Moss.CodingAgents.Search;
using Moss.CodingAgents.Sessions;
using Moss.ModelProxy;
using Moss.Replays;

namespace Moss.CodingAgents;

/// <summary>The door of this module.</summary>
public static class CodingAgentRegistration
{
    /// <summary>
    /// Adds <see cref="RoleDesk"/>, <see cref="AgentSession"/>, the registry and Moss's own agents; may be called more than
    /// once. The host brings <see cref="AgentSessionOptions"/>, the sandbox engine, workspaces, the directory of substrates, the
    /// artifact store, the ledger of stages, and an
    /// <see cref="IEvidenceReader"/> where there is evidence.
    /// </summary>
    public static IServiceCollection AddCodingAgents(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICodingAgent, SearchCodingAgent>());
        services.TryAddSingleton<IEvidenceReader, NoEvidence>();
        services.AddReplays();
        services.TryAddSingleton<ITryHost, TryServerHost>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CodingAgentRegistry>();
        services.TryAddSingleton<AgentSession>();
        services.TryAddSingleton<CaseDesk>();
        services.TryAddSingleton<AgentMemories>();
        services.TryAddSingleton<RoleDesk>();
        return services;
    }

    /// <summary>Where agents work and which models they reach, as settings say; what killed runs left there is thrown away at start.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="folder">For the folders of running calls, of this process alone.</param>
    /// <param name="configuration">All settings; those of section <c>Moss:CodingAgents</c> count, and those of the model proxy.</param>
    /// <exception cref="InvalidOperationException">A setting names what is not there.</exception>
    public static IServiceCollection AddAgentSessions(this IServiceCollection services, string folder, IConfiguration configuration)
    {
        var options = AgentTools.Options(folder, configuration.GetSection("Moss:CodingAgents"));
        if (options.Cassettes is { } cassettes)
        {
            services.AddSingleton<ICodingAgent>(new ReplayCodingAgent(cassettes));
        }

        return services.AddModelProxy(configuration).AddSingleton(options).AddHostedService<SessionSweep>();
    }
}
