using System.Text;
using Moss.Artifacts;

namespace Moss.Adapters.Tests.Artifacts;

/// <summary>What every artifact store promises.</summary>
public abstract class ArtifactStoreConformance
{
    protected abstract IArtifactStore Store { get; }

    [Fact]
    public async Task What_was_kept_is_found_by_its_hash()
    {
        var hash = await Store.KeepAsync("moss"u8.ToArray(), CancellationToken.None);

        (await Store.FindAsync(hash, CancellationToken.None)).ShouldBe("moss"u8.ToArray());
    }

    [Fact]
    public async Task The_hash_is_sha_256() =>
        (await Store.KeepAsync("abc"u8.ToArray(), CancellationToken.None))
            .ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public async Task Nothing_at_all_can_be_kept()
    {
        var hash = await Store.KeepAsync(ReadOnlyMemory<byte>.Empty, CancellationToken.None);

        (await Store.FindAsync(hash, CancellationToken.None)).ShouldBe([]);
    }

    [Fact]
    public async Task A_large_transcript_comes_back_as_it_was()
    {
        var transcript = new byte[5_000_000];
        new Random(1).NextBytes(transcript);

        var hash = await Store.KeepAsync(transcript, CancellationToken.None);

        (await Store.FindAsync(hash, CancellationToken.None)).ShouldNotBeNull().AsSpan().SequenceEqual(transcript).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_content_is_the_same_artifact()
    {
        var first = await Store.KeepAsync("diff"u8.ToArray(), CancellationToken.None);

        (await Store.KeepAsync("diff"u8.ToArray(), CancellationToken.None)).ShouldBe(first);
        (await Store.KeepAsync("another diff"u8.ToArray(), CancellationToken.None)).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("")]
    [InlineData("ba")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("../7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    public async Task What_was_never_kept_is_not_found(string hash) =>
        (await Store.FindAsync(hash, CancellationToken.None)).ShouldBeNull();

    [Fact]
    public async Task Later_changes_to_the_callers_buffer_change_nothing()
    {
        var buffer = "before"u8.ToArray();
        var hash = await Store.KeepAsync(buffer, CancellationToken.None);

        buffer[0] = (byte)'X';

        (await Store.FindAsync(hash, CancellationToken.None)).ShouldBe("before"u8.ToArray());
    }

    [Fact]
    public async Task Many_may_keep_at_once()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(
            () => Store.KeepAsync(Encoding.UTF8.GetBytes($"content {index % 4}"), CancellationToken.None))));

        hashes.Distinct().Count().ShouldBe(4);
        foreach (var hash in hashes.Distinct())
        {
            (await Store.FindAsync(hash, CancellationToken.None)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_cancelled_keep_keeps_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Store.KeepAsync("never"u8.ToArray(), new CancellationToken(canceled: true)));

        (await Store.FindAsync(ContentHash.Of("never"u8), CancellationToken.None)).ShouldBeNull();
    }
}
