using Moss.Testing;

namespace Moss.Services.Tests.Ingestion;

/// <summary>A small substrate in a real repository, with three scenarios.</summary>
internal static class DeskRepository
{
    public const string Declaration =
        """
        name: desk
        scope:
          editable: ["src/**"]
        trial:
          command: [python3, src/app.py]
        scenarios: scenarios

        """;

    public static TemporaryRepository Create() => new([.. Files]);

    /// <summary>The same with files added, or put in place of those of the same path.</summary>
    public static TemporaryRepository With(params (string Path, string Content)[] files) =>
        new([.. Files.Where(file => files.All(other => other.Path != file.Path)), .. files]);

    public static TemporaryRepository Declared(string declaration) => With(("moss.yaml", declaration));

    public static string Scenario(string id) =>
        $$"""{ "id": "{{id}}", "input": {}, "graders": [ { "id": "done", "kind": "exact", "value": "done" } ] }""";

    private static IEnumerable<(string Path, string Content)> Files =>
    [
        ("moss.yaml", Declaration), ("src/app.py", "print('done')\n"), ("scenarios/one.json", Scenario("one")),
        ("scenarios/two.json", Scenario("two")), ("scenarios/three.json", Scenario("three")),
    ];
}
