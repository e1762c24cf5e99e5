using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Streams;
using Moss.Sandboxes;

namespace Moss.Containers.Sandboxing;

/// <summary>One container from its making to its removal.</summary>
internal sealed class ContainerRun(EngineClient engine, TimeProvider time)
{
    private const string Killed = "The container was killed from outside, as a stopping engine does; that says nothing of what ran in it.";

    /// <summary>How long the last of the output may take after the container has ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private readonly EngineContainers containers = engine.Containers;

    /// <summary>Runs it; it is gone when the task completes, however it does.</summary>
    /// <exception cref="EngineException">The engine refused it, or went away.</exception>
    public async Task<SandboxResult> ToTheEndAsync(ContainerSpec container, SandboxSpec spec, CancellationToken cancellationToken)
    {
        var name = LiveContainers.Take();
        ContainerOutput output;
        SandboxResult result;
        try
        {
            // Neither making nor starting is cancelled in the middle: the daemon would go on with it after the removal.
            await containers.CreateAsync(name, container, CancellationToken.None);
            (result, output) = await RunAsync(name, container, spec, cancellationToken);
        }
        finally
        {
            await RemoveAsync(name);
            LiveContainers.GiveBack(name);
        }

        return result with { Output = output.Output, Error = output.Error, Truncated = output.Truncated };
    }

    private async Task<(SandboxResult Result, ContainerOutput Output)> RunAsync(
        string name, ContainerSpec container, SandboxSpec spec, CancellationToken cancellationToken)
    {
        using var silence = new SilenceWatch(spec.Limits.Idle, time);
        var output = new BoundedOutput(spec.Limits.OutputBytes, silence.Heard);
        await using var streams = await containers.AttachAsync(name, container.OpenStdin, cancellationToken);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var read = streams.ReadAsync(output, reading.Token);
        var feeding = Task.CompletedTask;
        try
        {
            await containers.StartAsync(name, CancellationToken.None);
            var began = time.GetTimestamp();
            feeding = container.OpenStdin ? streams.FeedAsync(spec.StandardInput, reading.Token) : Task.CompletedTask;
            var result = await EndAsync(name, spec.Limits, silence, cancellationToken);
            var duration = time.GetElapsedTime(began);
            if (result is SandboxResult.TimedOut)
            {
                await containers.RemoveAsync(name, CancellationToken.None);
            }

            await Quietly(read.WaitAsync(LastWords, time, cancellationToken));
            return (result with { Duration = duration }, output.Read());
        }
        finally
        {
            await reading.CancelAsync();
            await Quietly(Task.WhenAll(read, feeding));
        }
    }

    private async Task<SandboxResult> EndAsync(string name, SandboxLimits limits, SilenceWatch silence, CancellationToken cancellationToken)
    {
        using var wall = new CancellationTokenSource(limits.WallClock, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, wall.Token, silence.Start());
        try
        {
            var code = await containers.WaitAsync(name, any.Token);
            return await WasKilledAsync(name, any.Token) ? new SandboxResult.Unavailable(Killed) : new SandboxResult.Exited(code);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SandboxResult.TimedOut { Idle = !wall.IsCancellationRequested };
        }
    }

    /// <summary>
    /// Whether somebody else ended it through the engine: an operator, or the daemon itself as it stops. To the container that looks
    /// like an end of its own, and it would be held against whatever ran in it.
    /// </summary>
    private async Task<bool> WasKilledAsync(string name, CancellationToken cancellationToken) =>
        await engine.System.HappenedAsync(name, "kill", time.GetUtcNow(), cancellationToken);

    /// <summary>Also when the caller has gone away. What the engine does not remove now is left to the sweep.</summary>
    private async Task RemoveAsync(string name)
    {
        try
        {
            await containers.RemoveAsync(name, CancellationToken.None);
        }
        catch (EngineException)
        {
            // What became of the run is known and counts more.
        }
    }

    /// <summary>What was read until the stream broke is what there is.</summary>
    private static async Task Quietly(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception exception) when (exception is EngineException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // The run's own end is reported elsewhere.
        }
    }
}
