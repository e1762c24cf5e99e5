using System.Threading.Channels;

namespace Moss.EventStore.Appending;

/// <summary>
/// One writer for many callers: whatever waits is written in one transaction and made durable by one sync, so that the
/// disk's latency is paid once for all of them. The order of the queue is the order of the feed.
/// </summary>
/// <param name="write">Runs all jobs in one transaction and commits it, or throws and leaves nothing.</param>
/// <param name="isolates">True for a failure that one job caused: then the jobs of the group are tried one at a time.</param>
internal sealed class GroupWriter<TJob>(Func<IReadOnlyList<TJob>, ValueTask> write, Func<Exception, bool> isolates) : IAsyncDisposable
    where TJob : class, IWriteJob
{
    private const int MaxGroup = 256;

    private readonly Channel<TJob> queue = Channel.CreateUnbounded<TJob>(new UnboundedChannelOptions { SingleReader = true });
    private Task? loop;

    public void Start() => loop = Task.Run(RunAsync);

    public void Add(TJob job)
    {
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(job), typeof(IEventStore));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (loop is not null)
        {
            await loop;
        }
    }

    private async Task RunAsync()
    {
        var group = new List<TJob>();
        while (await queue.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxGroup && queue.Reader.TryRead(out var job))
            {
                if (job.Take())
                {
                    group.Add(job);
                }
            }

            await WriteAsync(group);
            group.Clear();
        }
    }

    private async ValueTask WriteAsync(List<TJob> group)
    {
        try
        {
            await write(group);
        }
        catch (Exception failure) when (group.Count > 1 && isolates(failure))
        {
            foreach (var job in group)
            {
                await WriteAsync([job]);
            }

            return;
        }
#pragma warning disable CA1031 // Whatever broke belongs to the callers that wait; the writer lives on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            foreach (var job in group)
            {
                job.Fail(failure);
            }

            return;
        }

        foreach (var job in group)
        {
            job.Complete();
        }
    }
}
