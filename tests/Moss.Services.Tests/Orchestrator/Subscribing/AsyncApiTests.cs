using System.Collections.Immutable;
using System.Reflection;
using Moss.Domain.Judgement;
using Moss.Orchestrator.Subscribing;
using Moss.Testing;
using YamlDotNet.Serialization;

namespace Moss.Services.Tests.Orchestrator.Subscribing;

/// <summary>The description for subscribers says what is sent.</summary>
public sealed class AsyncApiTests
{
    private static readonly Part Document = new(new DeserializerBuilder().Build().Deserialize<object>(
        new StringReader(SourceTree.Read("docs/asyncapi.yaml"))));

    public static TheoryData<string> Types => [.. Topics.All.Select(topic => topic.Type)];

    [Fact]
    public void It_is_of_the_third_version() => Document["asyncapi"].Text.ShouldBe("3.0.0");

    [Fact]
    public void Every_routing_key_is_a_channel_and_nothing_else() =>
        Document["channels"].Parts.Select(channel => channel["address"].Text).ShouldBe(Topics.All.Select(topic => topic.RoutingKey), ignoreOrder: true);

    [Fact]
    public void Every_channel_is_of_the_exchange_and_told_by_one_operation()
    {
        var exchange = Document["channels"].Parts.Select(channel => channel["bindings"]["amqp"]["exchange"]).ToList();
        exchange.ShouldAllBe(one => one["name"].Text == "moss.events" && one["type"].Text == "topic" && one["durable"].Text == "true");
        Document["operations"].Parts.Select(operation => operation["channel"]["$ref"].Text).ShouldBe(
            Document["channels"].Keys.Select(name => $"#/channels/{name}"), ignoreOrder: true);
    }

    [Fact]
    public void Every_word_for_a_verdict_is_listed() =>
        Document["components"]["parameters"]["verdict"]["enum"].Texts.ShouldBe(Enum.GetValues<Verdict>().Select(verdict => Notices.WordOf(verdict)));

    [Fact]
    public void The_envelope_is_what_is_sent() => Agree(Document["components"]["schemas"]["cloudEvent"], typeof(CloudEvent));

    [Theory]
    [MemberData(nameof(Types))]
    public void The_data_of_a_message_is_what_is_sent(string type)
    {
        var topic = Topics.All.Single(topic => topic.Type == type);
        var channel = Document["channels"].Parts.Single(channel => channel["address"].Text == topic.RoutingKey);
        var message = Follow(channel["messages"].Parts.ShouldHaveSingleItem());

        message["name"].Text.ShouldBe(topic.Type);
        message["contentType"].Text.ShouldBe(CloudEvent.ContentType);
        Agree(Follow(message["payload"]["allOf"].Items[1]["properties"]["data"]), topic.Data);
    }

    [Fact]
    public void The_guide_lists_every_routing_key_with_its_type()
    {
        var guide = SourceTree.Read("docs/subscribing.md");

        Topics.All.ShouldAllBe(topic => guide.Contains(
            $"| `{topic.RoutingKey.Replace('{', '<').Replace('}', '>')}` | `{topic.Type}` |", StringComparison.Ordinal));
    }

    private static void Agree(Part schema, Type shape)
    {
        var nullability = new NullabilityInfoContext();
        var members = shape.GetProperties().Where(member => member.Name != "EqualityContract").ToList();
        schema["properties"].Keys.ShouldBe(members.Select(NameOf), ignoreOrder: true);
        schema["required"].Texts.ShouldBe(
            members.Where(member => nullability.Create(member).ReadState != NullabilityState.Nullable).Select(NameOf), ignoreOrder: true);
        foreach (var member in members)
        {
            schema["properties"][NameOf(member)]["type"].Text.ShouldBe(TypeOf(member.PropertyType), member.Name);
        }
    }

    private static string NameOf(PropertyInfo member) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    private static string TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) || number == typeof(long) => "integer",
        var real when real == typeof(double) => "number",
        var truth when truth == typeof(bool) => "boolean",
        var any when any == typeof(object) => "object",
        var list when list.IsAssignableTo(typeof(IEnumerable<string>)) => "array",
        _ => "string",
    };

    private static Part Follow(Part part) => part["$ref"].Text.Split('/').Skip(1).Aggregate(Document, (at, name) => at[name]);

    private sealed record Part(object Value)
    {
        public string Text => (string)Value;

        public ImmutableArray<Part> Items => [.. ((List<object>)Value).Select(item => new Part(item))];

        public IEnumerable<string> Texts => Items.Select(item => item.Text);

        public IEnumerable<string> Keys => Map.Keys.Cast<string>();

        public IEnumerable<Part> Parts => Map.Values.Select(value => new Part(value));

        public Part this[string name] => new(Map[name]);

        private Dictionary<object, object> Map => (Dictionary<object, object>)Value;
    }
}
