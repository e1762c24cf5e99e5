using System.Text;
using Moss.Domain.Evidence;
using Moss.Ingestion.Evidence;

namespace Moss.Services.Tests.Ingestion.Reports;

public sealed class LargeReportTests : DeskTest
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_transcript_of_50_MB_is_refused_with_the_limit_and_leaves_nothing()
    {
        (await Bench.ReportAsync(Failure(transcript: new string('x', 50 * Megabyte))))
            .Refuses(413, "body", "the report is larger than 33554432 bytes", "at most 8000000 characters");

        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task A_transcript_above_its_limit_is_refused_with_its_field()
    {
        (await Bench.ReportAsync(Failure(transcript: new string('x', 8_000_001))))
            .Refuses(400, "items[0].transcript", "it has 8000001 characters, more than 8000000", "the part around the failure");

        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task A_transcript_at_its_limit_is_kept_whole()
    {
        var transcript = string.Concat(Enumerable.Repeat("Ein Gespräch.\n", 8_000_000 / 14)).PadRight(8_000_000, 'ü');

        (await Bench.ReportAsync(Failure(transcript: transcript))).Number("accepted").ShouldBe(1);

        var hash = (await StoredAsync())[0].TranscriptArtifact!;
        (Encoding.UTF8.GetString((await Bench.Artifacts.FindAsync(hash, CancellationToken.None))!) == transcript).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(50L * Megabyte)]
    public async Task Of_a_body_above_the_limit_no_more_than_the_limit_is_ever_held(long? announced)
    {
        await using var endless = new Zeros(50L * Megabyte);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = ReportBody.ReadAsync(endless, announced, Megabyte, CancellationToken.None);

        read.IsCompletedSuccessfully.ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5 * Megabyte);
        (await read).ShouldBeNull();
        endless.Left.ShouldBe(0, "its sender is still writing");
    }

    [Fact]
    public async Task A_body_at_the_limit_is_read_whole()
    {
        await using var body = new MemoryStream(Encoding.UTF8.GetBytes(new string('y', Megabyte)));

        var read = await ReportBody.ReadAsync(body, null, Megabyte, CancellationToken.None);

        read!.Value.Length.ShouldBe(Megabyte);
        read.Value.Span.IndexOfAnyExcept((byte)'y').ShouldBe(-1);
    }

    [Fact]
    public async Task A_report_of_as_many_items_as_are_allowed_is_stored_whole()
    {
        var receipt = await Bench.ReportAsync(Failures(500));

        receipt.Number("accepted").ShouldBe(500);
        (await StoredAsync()).Select(item => item.Evidence).Distinct().Count().ShouldBe(500);
        (await Bench.HistoryAsync()).Count(stored => stored.Data is BatchSealed).ShouldBe(500 / Batch.SealThreshold);
    }

    /// <summary>A stream of so many zeros, which are never in memory together.</summary>
    private sealed class Zeros(long length) : Stream
    {
        public long Left { get; private set; } = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Take(buffer.Length));

        public override int Read(byte[] buffer, int offset, int count) => Take(count);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Take(int most)
        {
            var taken = (int)Math.Min(most, Left);
            Left -= taken;
            return taken;
        }
    }
}
