using Moss.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Moss.Architecture.Tests.Containers;

/// <summary>docker-compose.yml as it stands, with its anchors and merges resolved.</summary>
internal static class ComposeFile
{
    /// <summary>Written in this repository; each is an image of ours.</summary>
    public static readonly string[] Ours = ["deployment", "gateway", "implementation", "ingestion", "orchestrator", "planning", "trials"];

    private static readonly Dictionary<object, object?> Root = Read();

    public static IReadOnlyDictionary<string, ComposeService> Services { get; } = Map(Root["services"])
        .ToDictionary(entry => (string)entry.Key, entry => new ComposeService((string)entry.Key, Map(entry.Value)), StringComparer.Ordinal);

    public static Dictionary<object, object?> Networks => Map(Root["networks"]);

    public static Dictionary<object, object?> Volumes => Map(Root["volumes"]);

    public static bool HasVersion => Root.ContainsKey("version");

    public static Dictionary<object, object?> Map(object? value) => (Dictionary<object, object?>)value!;

    private static Dictionary<object, object?> Read()
    {
        using var text = new StreamReader(Path.Combine(SourceTree.Root, "docker-compose.yml"));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(text)));
    }
}

/// <summary>One service in it.</summary>
internal sealed record ComposeService(string Name, Dictionary<object, object?> Keys)
{
    public string? Text(string key) => Keys.GetValueOrDefault(key) as string;

    public IReadOnlyList<string> List(string key) => Keys.GetValueOrDefault(key) is List<object> items ? [.. items.Cast<string>()] : [];

    /// <summary>Names in a mapping, such as what it depends on.</summary>
    public IReadOnlyList<string> Names(string key) => Keys.GetValueOrDefault(key) is Dictionary<object, object?> map ? [.. map.Keys.Cast<string>()] : [];

    public string? Inner(string key, string inner) => Keys.GetValueOrDefault(key) is Dictionary<object, object?> map ? map.GetValueOrDefault(inner) as string : null;

    public override string ToString() => Name;
}
