using System.Collections.Immutable;

namespace Moss.Substrates.Yaml;

/// <summary>Where something stands, counted from 1.</summary>
internal readonly record struct Mark(int Line, int Column);

/// <summary>A YAML value without anchors, tags and types: what is written and where.</summary>
internal abstract record YamlValue
{
    private YamlValue(Mark at, string kind) => (At, Kind) = (at, kind);

    /// <summary>Where it begins.</summary>
    public Mark At { get; }

    /// <summary>For messages: <c>a list</c>, <c>'the text'</c>, <c>empty</c>.</summary>
    public string Kind { get; }

    /// <summary>A text, number, truth value or nothing; which of them is up to the field.</summary>
    public sealed record Scalar(Mark At, string Text, bool Quoted) : YamlValue(At, IsNothing(Text, Quoted) ? "empty" : $"'{Short(Text)}'")
    {
        /// <summary>True for <c>~</c>, <c>null</c> and nothing at all.</summary>
        public bool Nothing => IsNothing(Text, Quoted);
    }

    public sealed record List(Mark At, ImmutableArray<YamlValue> Items) : YamlValue(At, "a list");

    public sealed record Map(Mark At, ImmutableArray<Entry> Entries) : YamlValue(At, "a map");

    /// <summary>One key of a map.</summary>
    public sealed record Entry(Mark At, string Key, YamlValue Value);

    private static bool IsNothing(string text, bool quoted) => !quoted && text is "" or "~" or "null";

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
