using System.Collections.Concurrent;
using Moss.Processes.Launching;
using Moss.Processes.Native;

namespace Moss.Processes;

/// <summary>
/// The one thread that starts every program of this process, and waits for their streams and their ends. It lives as long
/// as the process: Linux sends the "parent died" signal (bubblewrap's --die-with-parent) when the <em>thread</em> that
/// started a program ends, and the threads of a pool end at any time.
/// </summary>
public sealed class ProcessLauncher
{
    private static readonly Lazy<ProcessLauncher> Instance = new(() => new ProcessLauncher());

    private readonly ConcurrentQueue<Action<PollSet>> requests = [];
    private readonly WakeUp wakeUp = new();

    private ProcessLauncher() => new Thread(Run) { IsBackground = true, Name = "Moss process launcher" }.Start();

    /// <summary>The launcher of this process; its thread starts with the first use.</summary>
    public static ProcessLauncher Shared => Instance.Value;

    internal Task<StartOutcome> StartAsync(ProcessInvocation invocation) => RunAsync(set => Starter.Start(this, invocation, set));

    internal Task<T> RunAsync<T>(Func<PollSet, T> request)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        requests.Enqueue(set =>
        {
            try
            {
                answer.SetResult(request(set));
            }
#pragma warning disable CA1031 // The thread must outlive any single request; its caller gets the exception.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                answer.SetException(exception);
            }
        });
        wakeUp.Ring();
        return answer.Task;
    }

    /// <summary>
    /// Completes when the process of this pid has ended; at once when there is none, or when <paramref name="isTheOne"/>, asked
    /// while the kernel keeps the pid from being used again under us, says that it is another one.
    /// </summary>
    public async Task EndOfAsync(int pid, Func<bool> isTheOne)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (await RunAsync(set => Watch(set, pid, () => ended.TrySetResult()) && isTheOne()))
        {
            await ended.Task;
        }
    }

    internal static bool Watch(PollSet set, int pid, Action ended)
    {
        if (Descriptors.OpenPid(pid) is not { } descriptor)
        {
            return false;
        }

        set.Add(new PidWatch(descriptor, ended));
        return true;
    }

    private void Run()
    {
        Descriptors.KeepInheritedFromChildren();
        var set = new PollSet();
        set.Add(wakeUp);
        while (true)
        {
            set.Turn();
            while (requests.TryDequeue(out var request))
            {
                request(set);
            }
        }
    }
}
