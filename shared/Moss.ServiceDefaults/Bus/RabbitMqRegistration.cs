using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moss.ServiceDefaults.Bus.Broker;
using Moss.ServiceDefaults.Stages;

namespace Moss.ServiceDefaults.Bus;

/// <summary>The bus between processes.</summary>
public static class RabbitMqRegistration
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>
    /// RabbitMQ: quorum queues as <see cref="Queues"/> says, every publication confirmed. The process starts without the broker
    /// and connects when it is there, again and again. Each service adds its consumers with
    /// <see cref="BusRegistration.AddConsumersOf"/> before this is called.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="address"><c>amqp://user:password@host:port/virtual-host</c>, or amqps.</param>
    public static IServiceCollection AddRabbitMqBus(this IServiceCollection services, Uri address)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new QueueNames());
            foreach (var contribution in services.Contributions())
            {
                contribution(bus);
            }

            bus.AddConsumer<CancelWorkHandler>().Endpoint(OwnEndpoint.Named("cancel-work"));
            bus.AddConsumer<GivenUpHandler>().Endpoint(endpoint =>
            {
                endpoint.Name = Queues.GivenUp;
                endpoint.ConfigureConsumeTopology = false;
            });
            bus.AddConfigureEndpointsCallback(Configure);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.ConnectTo(address);
                rabbit.DeclareQueues();
                rabbit.UsePublishFilter(typeof(MustArrive<>), context);
                rabbit.ConfigureEndpoints(context);
            });
        });
        services.AddSingleton(new BrokerAccess(address));
        services.TryAddSingleton<IQueueDesk, QueueDesk>();
        services.TryAddSingleton<IEventTopic>(provider => new EventTopic(provider.GetRequiredService<BrokerAccess>()));
        return services.AddStages();
    }

    private static void Configure(string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            return;
        }

        if (name == Queues.GivenUp)
        {
            rabbit.HearOfDead();
        }
        else if (Queues.All.FirstOrDefault(queue => queue.Name == name) is { } queue)
        {
            rabbit.WorkOn(queue);
        }
    }

    private static void ConnectTo(this IRabbitMqBusFactoryConfigurator rabbit, Uri address)
    {
        var secure = address.Scheme == "amqps";
        var port = address.Port > 0 ? address.Port : secure ? 5671 : 5672;
        var path = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        var credentials = address.UserInfo.Split(':', 2);
        rabbit.Host(address.Host, (ushort)port, path.Length == 0 ? "/" : path, host =>
        {
            host.Heartbeat(Heartbeat);
            host.PublisherConfirmation = true;
            if (credentials is [{ Length: > 0 } user, var password])
            {
                host.Username(Uri.UnescapeDataString(user));
                host.Password(Uri.UnescapeDataString(password));
            }

            if (secure)
            {
                host.UseSsl(tls => tls.ServerName = address.Host);
            }
        });
    }
}
