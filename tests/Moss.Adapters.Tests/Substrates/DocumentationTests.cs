using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moss.Testing;

namespace Moss.Adapters.Tests.Substrates;

public sealed partial class DocumentationTests
{
    private static readonly string Page = SourceTree.Read("docs/moss-yaml.md");

    /// <summary>The declarations of the page: one with nearly every key, one with what cannot stand beside them.</summary>
    public static IReadOnlyList<string> Examples { get; } = [.. Block().Matches(Page).Select(block => block.Groups[1].Value).Where(block => block.Contains("\ntrial:", StringComparison.Ordinal))];

    [Fact]
    public void The_examples_are_valid_declarations_that_use_every_key()
    {
        var used = Examples.SelectMany(example => Readings.Declared(example).Positions.Keys)
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
        return keys.Where(key => !SameKinds().IsMatch(key.Path)
            && (!keys.Exists(other => other.Path.StartsWith(key.Path + ".")) || key.Path is "deploy.probes" or "deploy.startup.probes" or "deploy.liveness" or "agents.commands" or "agents.models"));
    }

    private static string Default(JsonObject schema) => schema["default"] switch
    {
        null => "none",
        JsonValue value when value.TryGetValue<string>(out var text) => $"`{text}`",
        var value => $"`{value.ToJsonString()}`",
    };

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    // What is said of deploy.probes.
    [GeneratedRegex(@"^deploy\.(startup\.probes|liveness)\.")]
    private static partial Regex SameKinds();

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Items();

    [GeneratedRegex(@"^(agents\.(?:commands|models))\.[a-z]+")]
    private static partial Regex Names();
}
