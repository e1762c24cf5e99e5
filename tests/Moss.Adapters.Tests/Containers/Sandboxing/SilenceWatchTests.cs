using Moss.Containers.Sandboxing;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Sandboxing;

public sealed class SilenceWatchTests
{
    private readonly FakeClock clock = new();

    [Fact]
    public void Silence_counts_from_the_start_and_anew_from_each_sound()
    {
        using var watch = new SilenceWatch(TimeSpan.FromSeconds(10), clock);
        watch.Heard();
        clock.Advance(TimeSpan.FromSeconds(60));
        var over = watch.Start();
        clock.Advance(TimeSpan.FromSeconds(9));
        watch.Heard();
        clock.Advance(TimeSpan.FromSeconds(9));
        over.IsCancellationRequested.ShouldBeFalse();

        clock.Advance(TimeSpan.FromSeconds(2));

        over.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_limit_silence_is_never_too_long()
    {
        using var watch = new SilenceWatch(null, clock);
        var over = watch.Start();

        clock.Advance(TimeSpan.FromDays(1));

        over.IsCancellationRequested.ShouldBeFalse();
    }
}
