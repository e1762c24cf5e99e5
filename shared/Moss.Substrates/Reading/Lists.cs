using System.Collections.Immutable;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Readers of values that are lists or maps of texts.</summary>
internal static class Lists
{
    public static ValueReader<ImmutableArray<string>> Globs { get; } = Scalars.Text(Glob.ProblemOf, "a pattern such as src/**").List("a list such as [\"src/**\"]");

    public static ValueReader<ImmutableSortedDictionary<string, string>> Environment { get; } =
        Scalars.AnyText("a text").Map(TextRules.Variable, "a map such as { NAME: value }");

    /// <summary>Variables whose values Moss knows when the program starts.</summary>
    public static ValueReader<ImmutableSortedDictionary<string, string>> Facts(params string[] known) =>
        Scalars.OneOf(known).Map(TextRules.Variable, $"a map such as {{ NAME: {known[0]} }}");

    /// <summary>A program and its arguments; never one line for a shell to take apart.</summary>
    public static ValueReader<ImmutableArray<string>> Command { get; } = new(ReadCommand);

    private static Parsed<ImmutableArray<string>> ReadCommand(YamlValue value, FieldAt field)
    {
        const string Example = "write a list such as [python3, -m, agent]";
        return value switch
        {
            YamlValue.Scalar { Nothing: false, Text: var line } => field.Refuse<ImmutableArray<string>>(
                value, "is one text, must be a list of arguments", $"write [{string.Join(", ", line.Split(' ', StringSplitOptions.RemoveEmptyEntries))}]"),
            YamlValue.List { Items.IsEmpty: true } => field.Refuse<ImmutableArray<string>>(value, "is empty", Example),
            YamlValue.List { Items: [YamlValue.Scalar { Text: "" } program, ..] } => field.Item(0).Refuse<ImmutableArray<string>>(program, "is empty", "name a program"),
            _ => Scalars.AnyText("a text").List("a list such as [python3, -m, agent]").Read(value, field),
        };
    }
}
