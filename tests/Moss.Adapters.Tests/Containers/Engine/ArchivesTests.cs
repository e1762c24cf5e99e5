using System.Formats.Tar;
using System.Text;
using Moss.Containers.Engine.Archives;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Engine;

public sealed class ArchivesTests : IDisposable
{
    private static readonly TarLimits Enough = new(1_000_000, 1000);

    private readonly TemporaryFolder folder = new();
    private readonly CancellationToken never = CancellationToken.None;

    [Fact]
    public async Task A_folder_comes_out_as_it_went_in()
    {
        folder.Write("in/deep/a.txt", "a");
        folder.Write("in/b.txt", new string('b', 100_000));
        Directory.CreateDirectory(folder.Combine("in", "empty"));

        var leftOut = await TarUnpacking.UnpackAsync(TarPacking.Folder(folder.Combine("in")), Out(), Enough, never);

        leftOut.ShouldBeEmpty();
        (await File.ReadAllTextAsync(folder.Combine("out", "deep", "a.txt"))).ShouldBe("a");
        new FileInfo(folder.Combine("out", "b.txt")).Length.ShouldBe(100_000);
        Directory.Exists(folder.Combine("out", "empty")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_files_give_the_same_bytes()
    {
        var files = new KeyValuePair<string, byte[]>[] { new("a", [1]), new("b/c", [2, 3]) };

        (await BytesAsync(TarPacking.Files(files))).ShouldBe(await BytesAsync(TarPacking.Files(files)));
    }

    [Fact]
    public async Task A_link_is_packed_as_a_link_and_never_unpacked()
    {
        var secret = folder.Write("secret", "secret");
        Directory.CreateDirectory(folder.Combine("in"));
        File.CreateSymbolicLink(folder.Combine("in", "link"), secret);

        var leftOut = await TarUnpacking.UnpackAsync(TarPacking.Folder(folder.Combine("in")), Out(), Enough, never);

        leftOut.ShouldBe(["link: SymbolicLink"]);
        Directory.EnumerateFileSystemEntries(Out()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/evil")]
    public async Task A_path_that_leads_out_is_refused(string path)
    {
        var refused = await Should.ThrowAsync<InvalidDataException>(TarUnpacking.UnpackAsync(Archive(new PaxTarEntry(TarEntryType.RegularFile, path)), Out(), Enough, never));

        refused.Message.ShouldContain("leads out");
        File.Exists(folder.Combine("evil")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_cannot_be_written_through()
    {
        var victim = Directory.CreateDirectory(folder.Combine("victim")).FullName;
        var archive = Archive(
            new PaxTarEntry(TarEntryType.SymbolicLink, "down") { LinkName = victim },
            new PaxTarEntry(TarEntryType.RegularFile, "down/file") { DataStream = new MemoryStream("x"u8.ToArray()) },
            new PaxTarEntry(TarEntryType.Fifo, "pipe"),
            new PaxTarEntry(TarEntryType.HardLink, "hard") { LinkName = "/etc/passwd" });

        var leftOut = await TarUnpacking.UnpackAsync(archive, Out(), Enough, never);

        leftOut.ShouldBe(["down: SymbolicLink", "pipe: Fifo", "hard: HardLink"]);
        Directory.EnumerateFileSystemEntries(victim).ShouldBeEmpty();
    }

    [Fact]
    public async Task Permissions_of_the_archive_are_not_obeyed()
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "run") { Mode = UnixFileMode.SetUser | UnixFileMode.UserExecute | UnixFileMode.OtherWrite };

        await TarUnpacking.UnpackAsync(Archive(entry), Out(), Enough, never);

        (File.GetUnixFileMode(folder.Combine("out", "run")) & (UnixFileMode.SetUser | UnixFileMode.UserExecute | UnixFileMode.OtherWrite)).ShouldBe(UnixFileMode.None);
    }

    [Theory]
    [InlineData(5, 1000)]
    [InlineData(1000, 1)]
    public async Task More_than_the_limits_is_refused(long bytes, int entries)
    {
        var archive = TarPacking.Files([new("a", [1, 2, 3, 4]), new("b", [1, 2, 3, 4])]);

        await Should.ThrowAsync<InvalidDataException>(TarUnpacking.UnpackAsync(archive, Out(), new TarLimits(bytes, entries), never));
    }

    [Fact]
    public async Task What_is_no_archive_is_refused() =>
        await Should.ThrowAsync<InvalidDataException>(TarUnpacking.UnpackAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 2000))), Out(), Enough, never));

    public void Dispose() => folder.Dispose();

    private string Out() => Directory.CreateDirectory(folder.Combine("out")).FullName;

    private static MemoryStream Archive(params TarEntry[] entries)
    {
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            entries.ToList().ForEach(writer.WriteEntry);
        }

        archive.Position = 0;
        return archive;
    }

    private static async Task<byte[]> BytesAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
