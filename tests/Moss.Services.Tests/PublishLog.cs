using System.Collections.Concurrent;
using MassTransit;

namespace Moss.Services.Tests;

/// <summary>Remembers what a bus and everything on it published.</summary>
internal sealed class PublishLog : IPublishObserver
{
    private readonly ConcurrentQueue<(Guid? Id, object Message)> published = new();

    /// <summary>Message id and message, in order.</summary>
    public IReadOnlyList<(Guid? Id, object Message)> All => [.. published];

    /// <summary>The same, and forgets them.</summary>
    public IReadOnlyList<(Guid? Id, object Message)> Take()
    {
        var taken = All;
        published.Clear();
        return taken;
    }

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
    {
        published.Enqueue((context.MessageId, context.Message));
        return Task.CompletedTask;
    }

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
