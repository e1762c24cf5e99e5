using RabbitMQ.Client;

namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>Connections to the broker for what the bus has no word for: plain messages for others, and looking into queues.</summary>
/// <param name="address">As in <see cref="RabbitMqRegistration.AddRabbitMqBus"/>.</param>
internal sealed class BrokerAccess(Uri address)
{
    /// <summary>No answer of the broker takes longer, or it counts as away.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A channel on which publishing waits for the broker's confirmation, and fails without it.</summary>
    public static CreateChannelOptions Confirmed { get; } = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <param name="purpose">What the broker shows of the connection.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = purpose,
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            ContinuationTimeout = Patience,
        };
        return factory.CreateConnectionAsync(cancellationToken);
    }
}
