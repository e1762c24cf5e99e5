using System.Collections.Concurrent;
using MassTransit;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Tells when a message has been dealt with, retries and all.</summary>
internal sealed class ConsumeLog : IReceiveObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiting = new();

    /// <summary>Publishes and waits until the one endpoint that consumes it is done; throws what it threw.</summary>
    public async Task PublishAsync(IBus bus, object message, Guid id)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = done;
        await bus.Publish(message, message.GetType(), context => context.MessageId = id);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class
    {
        Find(context.MessageId)?.TrySetResult();
        return Task.CompletedTask;
    }

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        Find(context.MessageId)?.TrySetException(exception);
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    private TaskCompletionSource? Find(Guid? message) => message is { } id ? waiting.GetValueOrDefault(id) : null;
}
