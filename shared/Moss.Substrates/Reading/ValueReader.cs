using System.Collections.Immutable;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Reads one kind of value and reports what is wrong with it.</summary>
/// <param name="Read">The reading itself.</param>
/// <param name="Inner">The keys within, where the value has keys of its own.</param>
internal sealed record ValueReader<T>(Func<YamlValue, FieldAt, Parsed<T>> Read, IKeys? Inner = null)
{
    /// <summary>A list of such values.</summary>
    public ValueReader<ImmutableArray<T>> List(string example) => new(
        (value, field) =>
        {
            if (value is not YamlValue.List list)
            {
                return field.Refuse<ImmutableArray<T>>(value, $"is {value.Kind}, must be a list", $"write {example}");
            }

            var read = list.Items.Select((item, index) => ReadNoted(item, field.Item(index))).ToList();
            return read.Where(item => item.Known).Select(item => item.Value).ToImmutableArray();
        },
        Inner);

    /// <summary>A map from names to such values.</summary>
    public ValueReader<ImmutableSortedDictionary<string, T>> Map(NameRule rule, string example) => new(
        (value, field) =>
        {
            if (value is not YamlValue.Map map)
            {
                return field.Refuse<ImmutableSortedDictionary<string, T>>(value, $"is {value.Kind}, must be a map", $"write {example}");
            }

            var read = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
            foreach (var entry in map.Entries)
            {
                if (!rule.Fits(entry.Key))
                {
                    field.Below(entry.Key).Report(entry.At, rule.Problem, rule.Fix);
                }

                if (ReadNoted(entry.Value, field.Below(entry.Key)) is { Known: true, Value: var item })
                {
                    read[entry.Key] = item;
                }
            }

            return read.ToImmutable();
        },
        Inner);

    public Parsed<T> ReadNoted(YamlValue value, FieldAt field)
    {
        field.Problems.Note(field.Path, value.At);
        return Read(value, field);
    }
}

/// <summary>Which names a map may have.</summary>
internal sealed record NameRule(Func<string, bool> Fits, string Problem, string Fix);

/// <summary>The keys of a part of the file, for tests that hold the schema and the documentation to them.</summary>
internal interface IKeys
{
    IEnumerable<(string Key, bool Required, IKeys? Inner)> Keys { get; }
}
