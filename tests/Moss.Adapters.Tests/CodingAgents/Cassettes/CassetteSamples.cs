using System.Collections.Immutable;
using Moss.CodingAgents.Cassettes;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

/// <summary>Small cassettes, as data.</summary>
internal static class CassetteSamples
{
    public static string Sha { get; } = Digest.Of("x = 1\n");

    public static AssignmentPrint Asked { get; } = new(
        "implement", "Make x two.\nThen stop.\n", "{\n  \"type\": \"object\"\n}\n", Files(("src/a.py", Sha), ("src/b.py", Sha)), Files(("one.json", Sha)));

    public static Recording Done { get; } = new("script", null, Cassette.PlainReader, 0, ["first", "", "last", ""], "a warning\n", "", "{\"subject\":\"s\"}");

    public static Cassette Whole { get; } = new(Asked, Done);

    public static ImmutableSortedDictionary<string, string> Files(params (string Name, string Hash)[] files) =>
        files.ToImmutableSortedDictionary(file => file.Name, file => file.Hash, StringComparer.Ordinal);
}
