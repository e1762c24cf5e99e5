using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moss.CodingAgents.Cassettes;

/// <summary>Reads the fields of a cassette one by one and collects every problem with the path of its field.</summary>
internal sealed partial class CassetteFields(JsonElement element, string path, List<string> problems)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Problem(name, "must be a text", "");

    public string? OptionalText(string name) => Find(name) is null or { ValueKind: JsonValueKind.Null } ? null : Text(name);

    public string OneOf(string name, IEnumerable<string> words) =>
        Text(name) is var text && words.Contains(text) ? text : Problem(name, $"must be one of {string.Join(", ", words)}", text);

    public int Number(string name, int least, int most) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : Problem(name, FormattableString.Invariant($"must be a whole number from {least} to {most}"), least);

    public ImmutableArray<string> Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : Problem(name, "must be a list of texts", ImmutableArray<string>.Empty);

    /// <summary>Hashes by the names of files.</summary>
    public ImmutableSortedDictionary<string, string> Prints(string name)
    {
        var prints = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Find(name) is not { ValueKind: JsonValueKind.Object } files)
        {
            return Problem(name, "must be an object with the SHA-256 of each file", prints.ToImmutable());
        }

        foreach (var file in files.EnumerateObject())
        {
            prints[file.Name] = file.Value.ValueKind == JsonValueKind.String && Sha256().IsMatch(file.Value.GetString()!)
                ? file.Value.GetString()!
                : Problem($"{name}['{file.Name}']", "must be a SHA-256 in hex", "");
        }

        return prints.ToImmutable();
    }

    /// <summary>The object in a field.</summary>
    public T Within<T>(string name, Func<CassetteFields, T> read) =>
        Find(name) is { ValueKind: JsonValueKind.Object } found
            ? new CassetteFields(found, $"{path}{name}.", problems).Whole(read)
            : Problem(name, "must be an object", default(T)!);

    /// <summary>Reads this object, then finds the fields that nobody asked for.</summary>
    public T Whole<T>(Func<CassetteFields, T> read)
    {
        var value = read(this);
        problems.AddRange(element.EnumerateObject().Where(field => !known.Contains(field.Name)).Select(field => $"{path}{field.Name} is not a field of a cassette"));
        return value;
    }

    /// <summary>A hash must be that of what stands beside it.</summary>
    public void Fits(string name, string actual, string what)
    {
        if (Text(name) is { Length: > 0 } said && said != actual)
        {
            problems.Add($"{path}{name} is not the hash of {what}, so they were changed after they were recorded");
        }
    }

    private JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var found) ? found : null;
    }

    private T Problem<T>(string name, string problem, T instead)
    {
        problems.Add($"{path}{name} {problem}");
        return instead;
    }

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();
}
