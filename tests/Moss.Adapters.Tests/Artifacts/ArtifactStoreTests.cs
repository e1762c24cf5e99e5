using Moss.Artifacts;
using Moss.Testing;
using Moss.Testing.Artifacts;

namespace Moss.Adapters.Tests.Artifacts;

public sealed class InMemoryArtifactStoreTests : ArtifactStoreConformance
{
    protected override IArtifactStore Store { get; } = new InMemoryArtifactStore();
}

public sealed class FileArtifactStoreTests : ArtifactStoreConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FileArtifactStoreTests() => Store = Open();

    protected override IArtifactStore Store { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_process_finds_it()
    {
        var hash = await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);

        (await Open().FindAsync(hash, CancellationToken.None)).ShouldBe("plan"u8.ToArray());
    }

    [Fact]
    public async Task A_changed_file_is_never_handed_out()
    {
        var hash = await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);
        await File.WriteAllTextAsync(FileOf(hash), "evil");

        (await Should.ThrowAsync<InvalidDataException>(() => Store.FindAsync(hash, CancellationToken.None))).Message.ShouldContain(FileOf(hash));
    }

    [Fact]
    public async Task A_file_that_lost_its_end_is_written_again()
    {
        var hash = await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);
        await File.WriteAllTextAsync(FileOf(hash), "pl");

        await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);

        (await Store.FindAsync(hash, CancellationToken.None)).ShouldBe("plan"u8.ToArray());
    }

    [Fact]
    public async Task Nothing_unfinished_stays_behind()
    {
        await Store.KeepAsync("plan"u8.ToArray(), CancellationToken.None);

        Directory.GetFiles(folder.Combine("blobs", "unfinished")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_killed_writers_left_long_ago_goes_and_what_may_be_in_work_stays()
    {
        var abandoned = folder.Write("blobs/unfinished/abandoned", "half");
        var inWork = folder.Write("blobs/unfinished/in-work", "half");
        var clock = new FakeClock(new DateTimeOffset(File.GetLastWriteTimeUtc(inWork)));
        File.SetLastWriteTimeUtc(abandoned, File.GetLastWriteTimeUtc(inWork).AddHours(-2));

        await new FileArtifactStore(folder.Combine("blobs"), clock).KeepAsync("plan"u8.ToArray(), CancellationToken.None);

        File.Exists(abandoned).ShouldBeFalse();
        File.Exists(inWork).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var file = folder.Write("occupied", "a file where the folder should be");

        var broken = await Should.ThrowAsync<IOException>(
            () => new FileArtifactStore(file, TimeProvider.System).KeepAsync("plan"u8.ToArray(), CancellationToken.None));

        broken.Message.ShouldStartWith($"cannot write {file}/");
    }

    private FileArtifactStore Open() => new(folder.Combine("blobs"), TimeProvider.System);

    private string FileOf(string hash) => folder.Combine("blobs", hash[..2], hash);
}
