using System.Runtime.CompilerServices;

namespace Moss.AgentTools.Search.Driver;

/// <summary>Work done several at once whose results come in the order of the input, so that chance decides nothing.</summary>
internal static class Ordered
{
    /// <summary>
    /// When the reader stops early, what is under way is waited for and thrown away; <paramref name="work"/> sees no more items.
    /// </summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<TItem, TResult>(
        IEnumerable<TItem> items, int atOnce, Func<TItem, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var gate = new SemaphoreSlim(atOnce);
        var started = new Queue<Task<TResult>>();

        async Task<TResult> RunAsync(TItem item)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await work(item);
            }
            finally
            {
                gate.Release();
            }
        }

        try
        {
            foreach (var item in items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                started.Enqueue(RunAsync(item));
                if (started.Count >= atOnce * 4)
                {
                    yield return await started.Dequeue();
                }
            }

            while (started.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            // Their tasks end with the token or with their replay; a fault in one that nobody reads must not be lost on the gate.
            await Task.WhenAll(started).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
