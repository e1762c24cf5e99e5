using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("90s", 90_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("0s", 0)]
    public void Durations_are_read(string text, int milliseconds)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10 s")]
    [InlineData("1.5h")]
    [InlineData("-1s")]
    [InlineData("30m1h")]
    [InlineData("1s1s")]
    [InlineData("1d")]
    [InlineData("10S")]
    [InlineData("10s\n")]
    [InlineData("99999999999h")]
    [InlineData("٣s")]
    public void What_is_no_duration_is_refused(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("90s", "1m30s")]
    [InlineData("25h", "25h")]
    [InlineData("1500ms", "1s500ms")]
    [InlineData("0ms", "0s")]
    public void Durations_are_written_shortest(string text, string written)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        DurationText.Write(duration).ShouldBe(written);
    }

    [Theory]
    [InlineData("0B", 0L)]
    [InlineData("10B", 10L)]
    [InlineData("2KiB", 2048L)]
    [InlineData("512MiB", 536_870_912L)]
    [InlineData("1GiB", 1_073_741_824L)]
    [InlineData("1TiB", 1_099_511_627_776L)]
    public void Sizes_are_read_and_written_back(string text, long bytes)
    {
        SizeText.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(bytes);
        SizeText.Write(bytes).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("512")]
    [InlineData("512MB")]
    [InlineData("512 MiB")]
    [InlineData("1.5GiB")]
    [InlineData("-1B")]
    [InlineData("9999999TiB")]
    public void What_is_no_size_is_refused(string text) => SizeText.TryParse(text, out _).ShouldBeFalse();
}
