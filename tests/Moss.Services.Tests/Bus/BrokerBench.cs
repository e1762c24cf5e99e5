using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.Artifacts;
using Moss.ServiceDefaults.Bus;
using Moss.Testing.Artifacts;
using Moss.Testing.RabbitMq;

namespace Moss.Services.Tests.Bus;

/// <summary>A broker, and processes that talk over it.</summary>
public sealed class BrokerBench : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public RabbitServer Rabbit { get; private set; } = null!;

    public async Task InitializeAsync() => Rabbit = await RabbitServer.StartAsync();

    public async Task DisposeAsync() => await Rabbit.DisposeAsync();

    /// <summary>A process with these consumers, connected when it returns.</summary>
    internal async Task<BusProcess> StartAsync(Action<IBusRegistrationConfigurator>? consumers = null, Inbox? inbox = null, Shift? shift = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // MassTransit keeps the first one that it meets, also when the host that owned it is gone.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton(inbox ?? new Inbox());
        builder.Services.AddSingleton(shift ?? new Shift());
        builder.Services.AddSingleton<IStageLedger, InMemoryStageLedger>();
        builder.Services.AddLogging();
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = true);
        if (consumers is not null)
        {
            builder.Services.AddConsumersOf(consumers);
        }

        builder.Services.AddRabbitMqBus(Rabbit.Address);
        var host = builder.Build();
        await host.StartAsync().WaitAsync(Patience);
        return new(host);
    }
}

/// <summary>One process on the bus.</summary>
internal sealed class BusProcess(IHost host) : IAsyncDisposable
{
    public IBus Bus => host.Services.GetRequiredService<IBus>();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}

/// <summary>Work that a test lets end.</summary>
internal sealed class Shift
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Times { get; set; }
}

/// <summary>What consumers of a test received.</summary>
internal sealed class Inbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<object> received = new();
    private readonly SemaphoreSlim arrived = new(0);

    public IReadOnlyList<object> All => [.. received];

    public void Add(object message)
    {
        received.Enqueue(message);
        arrived.Release();
    }

    /// <summary>Waits for so many more.</summary>
    public async Task ArriveAsync(int count = 1)
    {
        for (var one = 0; one < count; one++)
        {
            (await arrived.WaitAsync(Patience)).ShouldBeTrue("nothing arrived");
        }
    }
}
