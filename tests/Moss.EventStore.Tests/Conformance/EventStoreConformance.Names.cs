using static Moss.EventStore.Tests.TestEvents;

namespace Moss.EventStore.Tests.Conformance;

public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task A_type_without_a_name_cannot_be_appended()
    {
        var unknown = await Should.ThrowAsync<UnknownEventException>(
            () => Store.AppendAsync(Stream, ExpectedVersion.NoStream, New(new Counted(1)), New(new Nameless())));

        unknown.Message.ShouldContain(nameof(Nameless));
        (await Store.StreamAsync(Stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_reported_after_the_events_before_it()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 3));
        await under.TamperAsync(rows => rows.Select(row => row.Version == 1 ? row with { Name = "test.forgotten.v1" } : row));

        (await Should.ThrowAsync<UnknownEventException>(() => Store.StreamAsync(Stream))).Message.ShouldContain("test.forgotten.v1");
        (await Store.ReadFeedAsync(0, 10, CancellationToken.None)).Select(stored => stored.Position).ShouldBe([1]);
        await Should.ThrowAsync<UnknownEventException>(() => Store.ReadFeedAsync(1, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Data_that_does_not_fit_its_type_is_reported_with_its_place()
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, Count(0, 2));
        await under.TamperAsync(rows => rows.Select(row => row.Version == 1 ? row with { Data = """{"value":"many"}""" } : row));

        (await Should.ThrowAsync<InvalidDataException>(() => Store.StreamAsync(Stream))).Message.ShouldStartWith("event 1 of stream evolution-1");
    }

    [Theory]
    [InlineData("test.opened.v1", """{"name":"old"}""", 4)]
    [InlineData("test.opened.v2", """{"title":"old"}""", 4)]
    [InlineData("test.opened.v3", """{"title":"old","seats":2}""", 2)]
    public async Task An_old_shape_is_read_as_the_newest(string name, string data, int seats)
    {
        await Store.AppendAsync(Stream, ExpectedVersion.NoStream, New(new Opened("new", 1)));
        await under.TamperAsync(rows => rows.Select(row => row with { Name = name, Data = data }));

        var stored = (await Store.StreamAsync(Stream)).ShouldHaveSingleItem();

        stored.Data.ShouldBe(new Opened("old", seats));
        stored.Name.ShouldBe(name);
    }
}
