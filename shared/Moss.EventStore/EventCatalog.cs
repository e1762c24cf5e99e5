using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.EventStore;

/// <summary>A stored name that the catalog does not know, or a type without a name.</summary>
public sealed class UnknownEventException(string name) : Exception($"the event catalog does not know '{name}'");

/// <summary>Stable names of events, such as <c>evolution.plan-approved.v1</c>, and the types they are read as. No CLR name is ever stored.</summary>
public sealed class EventCatalog
{
    private readonly Dictionary<string, Type> types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> names = [];
    private readonly Dictionary<string, (string Next, Func<JsonNode, JsonNode> Upcast)> upcasters = new(StringComparer.Ordinal);

    /// <summary>JSON settings of everything stored.</summary>
    public static JsonSerializerOptions Json { get; } = StoredJson.Options;

    /// <summary>Every name that can be written, sorted.</summary>
    public IReadOnlyList<string> Names => [.. types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every type that can be written, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<Type> Types => [.. Names.Select(name => types[name])];

    /// <summary>Names a type. A name or a type can be taken once.</summary>
    /// <exception cref="ArgumentException">The name is empty, or it or the type is taken.</exception>
    public EventCatalog Add<T>(string name) where T : class => Add(name, typeof(T));

    /// <summary>Names a type, for modules that keep their names in a table.</summary>
    /// <exception cref="ArgumentException">The name is empty, or it or the type is taken.</exception>
    public EventCatalog Add(string name, Type type)
    {
        RequireFree(name);
        if (!names.TryAdd(type, name))
        {
            throw new ArgumentException($"{type} is '{names[type]}' already", nameof(name));
        }

        types.Add(name, type);
        return this;
    }

    /// <summary>Reads events stored under an old name by rewriting their JSON to the next name's shape; chains are followed.</summary>
    /// <exception cref="ArgumentException">The old name is empty or taken, or the chain would end where it began.</exception>
    public EventCatalog Upcast(string oldName, string nextName, Func<JsonNode, JsonNode> upcast)
    {
        RequireFree(oldName);
        for (var name = nextName; ; name = upcasters[name].Next)
        {
            if (name == oldName)
            {
                throw new ArgumentException($"'{oldName}' would be upcast to itself", nameof(nextName));
            }

            if (!upcasters.ContainsKey(name))
            {
                break;
            }
        }

        upcasters.Add(oldName, (nextName, upcast));
        return this;
    }

    /// <summary>The name that a value is stored under.</summary>
    /// <exception cref="UnknownEventException">The type has no name.</exception>
    public string NameOf(object data) =>
        names.TryGetValue(data.GetType(), out var name) ? name : throw new UnknownEventException(data.GetType().Name);

    /// <summary>The value as JSON.</summary>
    public static string Encode(object data) => JsonSerializer.Serialize(data, data.GetType(), Json);

    /// <summary>The value stored under <paramref name="name"/>, upcast to the newest shape.</summary>
    /// <exception cref="UnknownEventException">The name is not in the catalog.</exception>
    /// <exception cref="JsonException">The JSON does not fit the type.</exception>
    public object Decode(string name, string json)
    {
        if (upcasters.TryGetValue(name, out var step))
        {
            var node = JsonNode.Parse(json) ?? throw new JsonException("the event is null");
            while (upcasters.TryGetValue(name, out step))
            {
                (name, node) = (step.Next, step.Upcast(node));
            }

            json = node.ToJsonString(Json);
        }

        return types.TryGetValue(name, out var type)
            ? JsonSerializer.Deserialize(json, type, Json) ?? throw new JsonException("the event is null")
            : throw new UnknownEventException(name);
    }

    private void RequireFree(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (types.ContainsKey(name) || upcasters.ContainsKey(name))
        {
            throw new ArgumentException($"the event name '{name}' is taken", nameof(name));
        }
    }
}
