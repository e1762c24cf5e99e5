using Microsoft.Extensions.DependencyInjection;

namespace Moss.Deployment.Overseeing;

/// <summary>What oversight is made of.</summary>
internal static class OverseeingRegistration
{
    public static IServiceCollection AddOverseeing(this IServiceCollection services)
    {
        services.AddSingleton<OversightPlaces>();
        services.AddSingleton<OversightGate>();
        services.AddSingleton<ChangeStories>();
        services.AddSingleton<ReviewMaker>();
        services.AddSingleton<SigningDesk>();
        services.AddSingleton<OversightEffects>();
        services.AddSingleton<OversightRunner>();
        services.AddSingleton<OversightDesk>();
        services.AddSingleton<OversightReader>();
        return services;
    }
}
