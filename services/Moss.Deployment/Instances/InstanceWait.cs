using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances;

/// <summary>Waits between rounds of probes; the end of the instance is noticed at once.</summary>
internal static class InstanceWait
{
    /// <summary>True when the time has come and something of the instance lives; false as soon as nothing of it does.</summary>
    public static async Task<bool> UntilAsync(
        IInstanceHost host, TimeProvider clock, DateTimeOffset until, Instance instance, InstanceProcess process, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(WaitAsync(clock, until, done.Token), host.EndOfAsync(instance, process, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (!await host.LivesAsync(instance, process, cancellationToken))
        {
            return false;
        }

        // The process may have ended in favour of one that it started; that one is not watched, only waited for.
        await WaitAsync(clock, until, cancellationToken);
        return true;
    }

    private static Task WaitAsync(TimeProvider clock, DateTimeOffset until, CancellationToken cancellationToken) =>
        until - clock.GetUtcNow() is { Ticks: > 0 } rest ? Task.Delay(rest, clock, cancellationToken) : Task.CompletedTask;
}
