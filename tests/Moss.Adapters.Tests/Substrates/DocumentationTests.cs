using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moss.Testing;

namespace Moss.Adapters.Tests.Substrates;

public sealed partial class DocumentationTests
{
    private static readonly string Page = SourceTree.Read("docs/moss-yaml.md");

    /// <summary>The YAML block of the page.</summary>
    public static string Example { get; } = Block().Match(Page).Groups[1].Value;

    [Fact]
    public void The_example_is_a_valid_declaration_that_uses_every_key()
    {
        var used = Readings.Declared(Example).Positions.Keys
            .Select(path => Names().Replace(Items().Replace(path, ""), "$1"))
            .ToHashSet();

        Leaves().Where(leaf => !leaf.Path.EndsWith(".timeout") && !leaf.Path.EndsWith(".environment") && !leaf.Path.EndsWith(".workingDirectory"))
            .Select(leaf => leaf.Path)
            .ShouldBeSubsetOf(used);
    }

    [Fact]
    public void Every_key_has_its_row_with_its_default()
    {
        foreach (var (path, required, schema) in Leaves().Where(leaf => !leaf.Path.StartsWith("smoke.") && !leaf.Path.StartsWith("tests.")))
        {
            var row = Page.Split('\n').FirstOrDefault(line => line.StartsWith($"| `{path}` |"));

            row.ShouldNotBeNull(path);
            row.Split(" | ")[2].ShouldBe(required ? "required" : Default(schema), path);
        }
    }

    private static IEnumerable<(string Path, bool Required, JsonObject Schema)> Leaves()
    {
        var keys = SchemaFile.Keys(SchemaFile.Root).ToList();
        return keys.Where(key => !keys.Exists(other => other.Path.StartsWith(key.Path + ".")) || key.Path is "deploy.probes" or "agents.commands" or "agents.models");
    }

    private static string Default(JsonObject schema) => schema["default"] switch
    {
        null => "none",
        JsonValue value when value.TryGetValue<string>(out var text) => $"`{text}`",
        var value => $"`{value.ToJsonString()}`",
    };

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Items();

    [GeneratedRegex(@"^(agents\.(?:commands|models))\.[a-z]+")]
    private static partial Regex Names();
}
