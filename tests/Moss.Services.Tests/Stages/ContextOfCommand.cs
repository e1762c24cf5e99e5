using System.Reflection;
using MassTransit;

namespace Moss.Services.Tests.Stages;

/// <summary>The context of a command whose connection may end, and on which nothing may be publishable.</summary>
public class ContextOfCommand : DispatchProxy
{
    private CancellationToken connection;
    private Exception? broken;
    private DateTime? sent;

    /// <summary>A context that is cancelled with its connection and whose publications fail so, or do nothing.</summary>
    internal static ConsumeContext With(CancellationToken connection, Exception? broken = null, DateTime? sent = null)
    {
        var context = Create<ConsumeContext, ContextOfCommand>();
        var proxy = (ContextOfCommand)(object)context;
        (proxy.connection, proxy.broken, proxy.sent) = (connection, broken, sent);
        return context;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        "get_CancellationToken" => connection,
        "get_SentTime" => sent,
        nameof(IPublishEndpoint.Publish) => broken is null ? Task.CompletedTask : Task.FromException(broken),
        var other => throw new NotSupportedException(other),
    };
}
