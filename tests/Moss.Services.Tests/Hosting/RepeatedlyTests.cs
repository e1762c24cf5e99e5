using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.ServiceDefaults.Hosting;
using Moss.Testing;

namespace Moss.Services.Tests.Hosting;

public sealed class RepeatedlyTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly FakeClock clock = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<int> times = Channel.CreateUnbounded<int>();
    private int done;

    public void Dispose() => stopping.Dispose();

    [Fact]
    public async Task Work_is_done_at_once_and_then_at_every_tick()
    {
        var running = RunAsync(() => null);
        await DoneAsync(1);

        clock.Advance(Every);
        await DoneAsync(2);

        await StopAsync(running);
    }

    [Fact]
    public async Task Work_that_broke_is_done_again()
    {
        var running = RunAsync(() => done == 1 ? new IOException("the store is away") : null);
        await DoneAsync(1);

        clock.Advance(Every);
        await DoneAsync(2);

        await StopAsync(running);
    }

    [Fact]
    public async Task A_call_that_ran_out_of_time_is_no_reason_to_stop()
    {
        var running = RunAsync(() => done == 1 ? new TaskCanceledException("the engine did not answer") : null);
        await DoneAsync(1);

        clock.Advance(Every);
        await DoneAsync(2);

        await StopAsync(running);
    }

    [Fact]
    public async Task Work_that_breaks_in_the_moment_in_which_it_is_told_to_stop_only_stops()
    {
        var running = RunAsync(() =>
        {
            stopping.Cancel();
            return new IOException("the store that said so is away");
        });

        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    private Task RunAsync(Func<Exception?> breaking) => Repeatedly.RunAsync(
        Every, clock, NullLogger.Instance, "the work",
        _ =>
        {
            done++;
            var broken = breaking();
            times.Writer.TryWrite(done);
            return broken is null ? Task.CompletedTask : Task.FromException(broken);
        },
        stopping.Token);

    private async Task DoneAsync(int time)
    {
        (await times.Reader.ReadAsync().AsTask().WaitAsync(Patience)).ShouldBe(time);
        await clock.TimersWaitingAsync().WaitAsync(Patience);
    }

    private async Task StopAsync(Task running)
    {
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }
}
