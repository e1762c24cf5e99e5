using System.Collections.Immutable;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>A map with known keys, as a table: each row is a key, how its value is read, and where it goes.</summary>
/// <param name="seed">Holds the default of every key.</param>
internal sealed class Section<T>(T seed) : IKeys
{
    private readonly List<Row> rows = [];
    private readonly List<Action<T, YamlValue.Map, FieldAt>> rules = [];

    public IEnumerable<(string Key, bool Required, IKeys? Inner)> Keys => rows.Select(row => (row.Key, row.Required, row.Inner));

    public Section<T> Required<TValue>(string key, ValueReader<TValue> reader, Func<T, TValue, T> set) => With(key, true, reader, set);

    public Section<T> Optional<TValue>(string key, ValueReader<TValue> reader, Func<T, TValue, T> set) => With(key, false, reader, set);

    /// <summary>A check across keys; it runs only when each key by itself is fine.</summary>
    public Section<T> Rule(Action<T, YamlValue.Map, FieldAt> rule)
    {
        rules.Add(rule);
        return this;
    }

    public ValueReader<T> Reader() => new(Read, this);

    public Parsed<T> Read(YamlValue value, FieldAt field)
    {
        if (value is not YamlValue.Map map)
        {
            return field.Refuse<T>(value, $"is {value.Kind}, must be a map of keys", $"write {string.Join(", ", rows.Select(row => row.Key + ":"))} below it");
        }

        var before = field.Problems.Count;
        var result = map.Entries.Aggregate(seed, (sofar, entry) => ReadEntry(sofar, entry, field));
        foreach (var row in rows.Where(row => row.Required && map.Entries.All(entry => entry.Key != row.Key)))
        {
            field.Below(row.Key).Report(map.At, "is missing", $"add {row.Key}: to {(field.Path.Length == 0 ? "the file" : field.Path)}");
        }

        if (field.Problems.Count == before)
        {
            rules.ForEach(rule => rule(result, map, field));
        }

        return result;
    }

    private T ReadEntry(T sofar, YamlValue.Entry entry, FieldAt field)
    {
        var below = field.Below(entry.Key);
        if (rows.Find(row => row.Key == entry.Key) is { } row)
        {
            return row.Apply(sofar, entry.Value, below);
        }

        var near = Spelling.Nearest(entry.Key, rows.Select(known => known.Key));
        below.Report(entry.At, "is not a key that Moss knows", near is null
            ? $"remove it; known here: {string.Join(", ", rows.Select(known => known.Key))}"
            : $"did you mean {near}?");
        return sofar;
    }

    private Section<T> With<TValue>(string key, bool required, ValueReader<TValue> reader, Func<T, TValue, T> set)
    {
        rows.Add(new(key, required, reader.Inner, (sofar, value, field) =>
            reader.ReadNoted(value, field) is { Known: true, Value: var read } ? set(sofar, read) : sofar));
        return this;
    }

    private sealed record Row(string Key, bool Required, IKeys? Inner, Func<T, YamlValue, FieldAt, T> Apply);
}

/// <summary>A map with exactly one key, which says what the rest is.</summary>
internal sealed class Choice<T>(ImmutableArray<(string Key, ValueReader<T> Reader)> kinds) : IKeys
{
    public IEnumerable<(string Key, bool Required, IKeys? Inner)> Keys => kinds.Select(kind => (kind.Key, false, kind.Reader.Inner));

    public ValueReader<T> Reader() => new(Read, this);

    private Parsed<T> Read(YamlValue value, FieldAt field)
    {
        var known = string.Join(", ", kinds.Select(kind => kind.Key));
        if (value is not YamlValue.Map { Entries: [var only] })
        {
            return field.Refuse<T>(value, $"is {(value is YamlValue.Map ? "not one key" : value.Kind)}, must be a map with one key", $"write one of {known}");
        }

        var kind = Array.Find([.. kinds], kind => kind.Key == only.Key);
        if (kind.Reader is not null)
        {
            return kind.Reader.ReadNoted(only.Value, field.Below(only.Key));
        }

        field.Below(only.Key).Report(only.At, "is not a kind that Moss knows", Spelling.Nearest(only.Key, kinds.Select(kind => kind.Key)) is { } near
            ? $"did you mean {near}?"
            : $"write one of {known}");
        return default;
    }
}
