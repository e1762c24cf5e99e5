using System.Globalization;
using Moss.EventStore.Appending;
using Moss.EventStore.Sqlite;
using Moss.Testing;
using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly StreamId Stream = new("evolution-1");

    private readonly TemporaryFolder folder = new();

    private string File => folder.Combine("data", "moss.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_file_and_its_folder_are_made_and_everything_is_there_when_it_is_opened_again()
    {
        await using (var store = Open())
        {
            await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        }

        await using var again = Open();
        (await again.StreamAsync(Stream)).Count.ShouldBe(3);
        await again.WaitForEventsAsync(2, CancellationToken.None).SoonAsync();
        (await again.AppendAsync(Stream, ExpectedVersion.Exactly(2), Count(3, 1))).ShouldBe(3);
    }

    [Fact]
    public async Task The_writer_syncs_every_commit_to_a_write_ahead_log()
    {
        await using (var store = Open())
        {
            await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));
        }

        using var session = SqliteSession.Writer(File);
        Pragma(session, "journal_mode").ShouldBe("wal");
        Pragma(session, "synchronous").ShouldBe("2");
    }

    [Fact]
    public async Task A_file_of_a_newer_moss_is_left_alone()
    {
        await using (var store = Open())
        {
            await store.LastPositionAsync(CancellationToken.None);
        }

        using (var session = SqliteSession.Writer(File))
        {
            session.Execute("pragma user_version = 99");
        }

        await using var older = Open();
        (await Should.ThrowAsync<InvalidDataException>(() => older.LastPositionAsync(CancellationToken.None))).Message.ShouldContain("newer Moss");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        folder.Write("data/moss.db", new string('x', 5000));
        await using var store = Open();

        (await Should.ThrowAsync<IOException>(() => store.LastPositionAsync(CancellationToken.None))).Message
            .ShouldStartWith($"cannot open the event store {File}");
    }

    [Fact]
    public async Task A_path_that_cannot_be_made_is_an_io_error()
    {
        folder.Write("data", "a file where the folder should be");
        await using var store = Open();

        await Should.ThrowAsync<IOException>(() => store.LastPositionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_full_disk_refuses_and_all_is_well_when_there_is_room_again()
    {
        await using var database = new SqliteDatabase(File);
        var request = new EventCodec(Catalog()).Encode(Stream, ExpectedVersion.NoStream, [New(new Opened(new string('x', 500_000), 1))]);
        await database.WriteAsync(group => group.Execute("pragma max_page_count = 20"), CancellationToken.None);

        (await Should.ThrowAsync<IOException>(() => database.WriteAsync(group => group.Append(request), CancellationToken.None)))
            .Message.ShouldContain("full");

        await database.WriteAsync(group => group.Execute("pragma max_page_count = 1000000"), CancellationToken.None);
        (await database.WriteAsync(group => group.Append(request), CancellationToken.None)).VersionOrThrow().ShouldBe(0);
        await using var store = Open();
        (await store.VerifyAsync(CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_that_open_a_new_file_at_once_both_can()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Open()).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.AppendAsync(Stream, ExpectedVersion.Any, Count(0, 1))))).SoonAsync();

        (await stores[0].StreamAsync(Stream)).Count.ShouldBe(4);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_store_that_was_closed_refuses()
    {
        var store = Open();
        await store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 1));
        await store.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => store.AppendAsync(Stream, ExpectedVersion.Any, Count(1, 1)));
    }

    private SqliteEventStore Open() => new(File, Catalog());

    private static string Pragma(SqliteSession session, string name) => Convert.ToString(session.Execute($"pragma {name}"), CultureInfo.InvariantCulture)!;
}
