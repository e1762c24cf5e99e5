using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Trials;

namespace Moss.Services.Tests.Trials;

/// <summary>What was published, with answers of stages in a queue of their own.</summary>
internal sealed class PublishLog : IPublishObserver
{
    private readonly Channel<object> answers = Channel.CreateUnbounded<object>();

    private readonly SemaphoreSlim published = new(0);

    public ConcurrentQueue<object> All { get; } = [];

    /// <summary>Waits for publications until something holds.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await published.WaitAsync();
        }
    }

    public ChannelReader<object> Answers => answers.Reader;

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
    {
        All.Enqueue(context.Message);
        published.Release();
        if (context.Message is TrialsCompleted or TrialsJudged or CandidateBuilt or CandidateRefused or StageBroke)
        {
            answers.Writer.TryWrite(context.Message);
        }

        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
