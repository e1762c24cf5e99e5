using System.Text.Json.Nodes;

namespace Moss.Gateway.OpenApi;

/// <summary>Puts the schemas of services into one space of names. Two services may mean different things by one name.</summary>
internal static class SchemaMerge
{
    private const string Prefix = "#/components/schemas/";

    /// <summary>
    /// Adds the schemas of a document to <paramref name="into"/>. One that means something else than the one which has its name
    /// gets the service's name in front, in the document's references as well.
    /// </summary>
    public static void Add(JsonObject into, string service, JsonObject document)
    {
        for (var renamed = true; renamed;)
        {
            renamed = false;
            var schemas = document["components"]?["schemas"] as JsonObject ?? [];
            foreach (var (name, schema) in schemas.ToList())
            {
                if (into.TryGetPropertyValue(name, out var known) && !JsonNode.DeepEquals(known, schema))
                {
                    Rename(document, schemas, name, char.ToUpperInvariant(service[0]) + service[1..] + name);
                    renamed = true;
                }
            }
        }

        foreach (var (name, schema) in document["components"]?["schemas"] as JsonObject ?? [])
        {
            into[name] = schema?.DeepClone();
        }
    }

    private static void Rename(JsonObject document, JsonObject schemas, string from, string to)
    {
        var schema = schemas[from];
        schemas.Remove(from);
        schemas[to] = schema;
        Redirect(document, Prefix + from, Prefix + to);
    }

    private static void Redirect(JsonNode? node, string from, string to)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach (var (name, value) in properties.ToList())
                {
                    if (name == "$ref" && value is JsonValue && value.GetValue<string>() == from)
                    {
                        properties[name] = to;
                    }
                    else
                    {
                        Redirect(value, from, to);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Redirect(item, from, to);
                }

                break;
        }
    }
}
