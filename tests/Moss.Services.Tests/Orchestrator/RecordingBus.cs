using MassTransit;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>A bus without anybody on it, which remembers what was published.</summary>
internal sealed class RecordingBus : IAsyncDisposable
{
    private readonly PublishLog log = new();
    private readonly IBusControl bus = MassTransit.Bus.Factory.CreateUsingInMemory(_ => { });

    public IBus Bus => bus;

    /// <summary>Message id and message, in order, since the last time.</summary>
    public IReadOnlyList<(Guid? Id, object Message)> Take() => log.Take();

    public async Task StartAsync()
    {
        bus.ConnectPublishObserver(log);
        await bus.StartAsync();
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync();
}
