using System.Text.Json.Nodes;
using Moss.Gateway.Access;
using Moss.Gateway.Keys;

namespace Moss.Gateway.OpenApi;

/// <summary>One description of all services, as they are reached through the gateway.</summary>
internal static class MergedDocument
{
    private const string Introduction = "Moss repairs the source code of production agent systems, on evidence and with consent. Every operation names the scope of the key that it takes.";

    private const string Version = "3.1.1";

    public static JsonObject Of(IReadOnlyList<ServicePart> parts)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        foreach (var (service, told, _) in parts)
        {
            if (told?.DeepClone() is JsonObject document)
            {
                SchemaMerge.Add(schemas, service, document);
                AddPaths(paths, document["paths"] as JsonObject ?? []);
            }
        }

        return new()
        {
            ["openapi"] = parts.Select(part => part.Document?["openapi"]?.GetValue<string>()).FirstOrDefault(version => version is not null) ?? Version,
            ["info"] = new JsonObject { ["title"] = "Moss", ["version"] = "v1", ["description"] = Description(parts) },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = Schemes() },
        };
    }

    /// <summary>What the gateway does not let through is left out.</summary>
    private static void AddPaths(JsonObject paths, JsonObject added)
    {
        foreach (var (path, operations) in added)
        {
            foreach (var (method, operation) in operations as JsonObject ?? [])
            {
                if (operation is JsonObject && EndpointScopes.Needed(method, path) is { } scope)
                {
                    var shown = (JsonObject)operation.DeepClone();
                    shown["description"] = $"{operation["description"]} Takes a key with the scope {scope.Text()}.".Trim();
                    shown["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["header"] = new JsonArray() });
                    ((JsonObject)(paths[path] ??= new JsonObject()))[method] = shown;
                }
            }
        }
    }

    private static string Description(IReadOnlyList<ServicePart> parts)
    {
        var old = parts.Where(part => part is { Current: false, Document: not null }).Select(part => part.Service).ToList();
        var absent = parts.Where(part => part.Document is null).Select(part => part.Service).ToList();
        return Introduction
            + (old.Count > 0 ? $" Not there now, and shown as it was last: {string.Join(", ", old)}." : "")
            + (absent.Count > 0 ? $" Not there now, and left out: {string.Join(", ", absent)}." : "");
    }

    private static JsonObject Schemes() => new()
    {
        ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
        ["header"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = PresentedKey.Header },
    };
}
