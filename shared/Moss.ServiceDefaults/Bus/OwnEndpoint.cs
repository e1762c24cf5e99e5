using MassTransit;

namespace Moss.ServiceDefaults.Bus;

/// <summary>Where each process hears what every process must hear that is there when it is said; who is away has missed nothing.</summary>
public static class OwnEndpoint
{
    /// <summary>An endpoint of this process alone, which goes with it.</summary>
    /// <param name="name">What is heard there, in kebab case.</param>
    public static Action<IEndpointRegistrationConfigurator> Named(string name) => endpoint =>
    {
        endpoint.Name = $"{name}-{Guid.NewGuid():n}";
        endpoint.Temporary = true;
    };
}
