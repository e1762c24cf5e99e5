using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.EventStore.Tests;

public sealed class EventCatalogTests
{
    private static readonly Func<JsonNode, JsonNode> Same = node => node;

    [Fact]
    public void Names_are_listed_in_order_with_their_types()
    {
        var catalog = new EventCatalog().Add<Opened>("test.opened.v1").Add<Counted>("test.counted.v1");

        catalog.Names.ShouldBe(["test.counted.v1", "test.opened.v1"]);
        catalog.Types.ShouldBe([typeof(Counted), typeof(Opened)]);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        var catalog = new EventCatalog().Add<Opened>("test.opened.v1");

        Should.Throw<ArgumentException>(() => catalog.Add<Counted>("test.opened.v1")).Message.ShouldContain("'test.opened.v1' is taken");
        Should.Throw<ArgumentException>(() => catalog.Upcast("test.opened.v1", "test.opened.v2", Same));
        Should.Throw<ArgumentException>(() => catalog.Add<Counted>(" "));
    }

    [Fact]
    public void A_type_has_one_name() => Should.Throw<ArgumentException>(
        () => new EventCatalog().Add<Opened>("test.opened.v1").Add<Opened>("test.opened.v2")).Message.ShouldContain("test.opened.v1");

    [Fact]
    public void Upcasters_cannot_go_round()
    {
        var catalog = new EventCatalog().Upcast("a.v1", "a.v2", Same).Upcast("a.v2", "a.v3", Same);

        Should.Throw<ArgumentException>(() => catalog.Upcast("a.v3", "a.v1", Same));
        Should.Throw<ArgumentException>(() => catalog.Upcast("a.v4", "a.v4", Same));
    }

    [Fact]
    public void An_upcaster_that_leads_nowhere_is_an_unknown_name()
    {
        var catalog = new EventCatalog().Upcast("a.v1", "a.v2", Same);

        Should.Throw<UnknownEventException>(() => catalog.Decode("a.v1", "{}")).Message.ShouldContain("a.v2");
    }

    [Fact]
    public void Null_is_no_event()
    {
        var catalog = new EventCatalog().Add<Opened>("test.opened.v2").Upcast("test.opened.v1", "test.opened.v2", Same);

        Should.Throw<JsonException>(() => catalog.Decode("test.opened.v1", "null"));
        Should.Throw<JsonException>(() => catalog.Decode("test.opened.v2", "null"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    public void A_stream_has_a_plain_name(string name) => Should.Throw<ArgumentException>(() => new StreamId(name));

    [Fact]
    public void A_stream_name_ends_at_two_hundred_characters()
    {
        new StreamId(new string('s', 200)).Value.Length.ShouldBe(200);
        Should.Throw<ArgumentException>(() => new StreamId(new string('s', 201)));
    }

    [Fact]
    public void A_version_below_no_stream_cannot_be_expected()
    {
        ExpectedVersion.Exactly(-1).ShouldBe(ExpectedVersion.NoStream);
        Should.Throw<ArgumentOutOfRangeException>(() => ExpectedVersion.Exactly(-2));
    }
}
