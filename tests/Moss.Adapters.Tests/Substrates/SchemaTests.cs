using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Replays.Json;
using Moss.Substrates.Reading;
using Moss.Substrates.Yaml;
using Moss.Testing;

namespace Moss.Adapters.Tests.Substrates;

public sealed class SchemaTests
{
    /// <summary>Keywords that Moss's own validator does not have; editors do.</summary>
    private static readonly string[] ForEditors = ["$schema", "$id", "default", "propertyNames", "exclusiveMinimum", "minProperties", "maxProperties"];

    [Fact]
    public void The_schema_and_the_reader_have_the_same_keys_and_require_the_same() =>
        SchemaFile.Keys(SchemaFile.Root).Select(key => (key.Path, key.Required)).Order()
            .ShouldBe(Keys(DeclarationTable.Root, "").Order());

    [Fact]
    public void Every_key_is_described() => SchemaFile.Keys(SchemaFile.Root).ShouldAllBe(key => key.Schema["description"] != null);

    [Fact]
    public void Unknown_keys_are_refused_everywhere() =>
        SchemaFile.Keys(SchemaFile.Root).Select(key => key.Schema).Append(SchemaFile.Root).Where(schema => schema["properties"] is not null)
            .ShouldAllBe(schema => !schema["additionalProperties"]!.GetValue<bool>());

    [Fact]
    public void Writing_out_every_default_changes_nothing()
    {
        var plain = JsonNode.Parse("""
            {
              "name": "desk", "trial": { "command": ["x"] }, "build": { "command": ["x"] }, "smoke": { "command": ["x"] }, "tests": { "command": ["x"] },
              "scope": {}, "agents": {}, "budget": {}, "verdict": {}, "oversight": {}, "image": {}, "judge": { "model": { "upstream": "m", "name": "n" } },
              "consent": { "approvers": [{ "name": "ada", "key": "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" }] },
              "deploy": { "command": ["x"], "probes": [{ "exec": { "command": ["x"] } }], "container": { "state": "/var/lib/x" }, "watch": { "limits": {} } }
            }
            """)!.AsObject();
        var written = plain.DeepClone().AsObject();
        WriteDefaults(written, SchemaFile.Root);

        written.ToJsonString().ShouldContain("\"maxFiles\":20");
        Json(written).ShouldBe(Json(plain));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_fits_the_schema_and_the_reader(string path, string yaml)
    {
        Readings.Declared(yaml);
        var problems = new ProblemList();
        var value = ToJson(YamlText.Parse(yaml, new FieldAt("", problems))!);

        var schema = JsonSchema.TryParse(WithoutEditorKeywords(SchemaFile.Root), out var faults);

        faults.ShouldBeEmpty(path);
        schema!.Check(value).ShouldBeNull(path);
    }

    [Theory]
    [InlineData("{ name: Desk, trial: { command: [x] } }")]
    [InlineData("{ name: desk, trial: { command: [x], timeout: 10 } }")]
    [InlineData("{ name: desk, trial: { command: [x] }, scope: { maxfiles: 3 } }")]
    [InlineData("{ name: desk }")]
    public void The_schema_refuses_what_the_reader_refuses(string yaml)
    {
        var schema = JsonSchema.TryParse(WithoutEditorKeywords(SchemaFile.Root), out _);

        Readings.Problems(yaml).ShouldNotBeEmpty();
        schema!.Check(ToJson(YamlText.Parse(yaml, new FieldAt("", new ProblemList()))!)).ShouldNotBeNull();
    }

    public static TheoryData<string, string> Examples()
    {
        var examples = new TheoryData<string, string>();
        foreach (var example in DocumentationTests.Examples)
        {
            examples.Add("docs/moss-yaml.md", example);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(SourceTree.Root, "samples"), "moss.yaml", SearchOption.AllDirectories))
        {
            examples.Add(Path.GetRelativePath(SourceTree.Root, file), File.ReadAllText(file));
        }

        return examples;
    }

    private static IEnumerable<(string Path, bool Required)> Keys(IKeys keys, string path) => keys.Keys.SelectMany(key =>
    {
        var below = path.Length == 0 ? key.Key : $"{path}.{key.Key}";
        return (key.Inner is null ? [] : Keys(key.Inner, below)).Prepend((below, key.Required));
    });

    private static void WriteDefaults(JsonObject value, JsonObject schema)
    {
        foreach (var (key, inner) in schema["properties"]!.AsObject())
        {
            if (value[key] is JsonObject below)
            {
                WriteDefaults(below, inner!.AsObject());
            }
            else if (value[key] is null && inner!["default"] is { } standard)
            {
                value[key] = standard.DeepClone();
            }
        }
    }

    private static string Json(JsonObject declaration) => JsonSerializer.Serialize(Readings.Declared(declaration.ToJsonString()).Declaration);

    private static JsonObject WithoutEditorKeywords(JsonObject schema) => new(schema
        .Where(member => !ForEditors.Contains(member.Key))
        .Select(member => KeyValuePair.Create(member.Key, (member.Key, member.Value) switch
        {
            ("properties", JsonObject properties) => new JsonObject(
                properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)WithoutEditorKeywords(property.Value!.AsObject())))),
            ("items" or "additionalProperties", JsonObject inner) => WithoutEditorKeywords(inner),
            _ => member.Value?.DeepClone(),
        })));

    private static JsonNode? ToJson(YamlValue value) => value switch
    {
        YamlValue.Map map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        YamlValue.List list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlValue.Scalar { Quoted: false, Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlValue.Scalar { Quoted: false } number when decimal.TryParse(number.Text, CultureInfo.InvariantCulture, out var amount) => JsonNode.Parse(amount.ToString(CultureInfo.InvariantCulture)),
        YamlValue.Scalar { Nothing: true } => null,
        YamlValue.Scalar text => JsonValue.Create(text.Text),
        _ => throw new ArgumentException(value.Kind),
    };
}
