using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class RepositoryLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_process_waits_until_the_holder_lets_go()
    {
        var clock = new FakeClock();
        var file = folder.Combine("deep", "x.lock");
        var held = await new RepositoryLock(TimeProvider.System).HoldAsync(file, CancellationToken.None);

        var waiting = new RepositoryLock(clock).HoldAsync(file, CancellationToken.None);
        await clock.TimersWaitingAsync().WaitAsync(TimeSpan.FromSeconds(30));
        waiting.IsCompleted.ShouldBeFalse();
        held.Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task Waiting_in_the_same_process_can_be_given_up_and_the_lock_still_works()
    {
        var locks = new RepositoryLock(TimeProvider.System);
        var held = await locks.HoldAsync(folder.Combine("x.lock"), CancellationToken.None);
        using var stop = new CancellationTokenSource();

        var waiting = locks.HoldAsync(folder.Combine("x.lock"), stop.Token);
        await stop.CancelAsync();

        await Task.WhenAny(waiting);
        waiting.IsCanceled.ShouldBeTrue();
        held.Dispose();
        (await locks.HoldAsync(folder.Combine("x.lock"), CancellationToken.None)).Dispose();
    }
}
