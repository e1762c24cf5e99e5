using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Moss.CodingAgents.Roles;

/// <summary>
/// Reads the fields of a report one by one and collects every problem with the path of its field, so that one repair round
/// can mend them all.
/// </summary>
internal sealed class ReportReader
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public ReportReader(JsonElement root)
        : this(root, "", [])
    {
    }

    private ReportReader(JsonElement element, string path, List<string> problems) =>
        (this.element, this.path, Problems) = (element, path, problems);

    public List<string> Problems { get; }

    /// <summary>Reads the object, then reports the fields that nobody asked for.</summary>
    public T Whole<T>(Func<ReportReader, T> read)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Problems.Add($"{(path.Length == 0 ? "the report" : path.TrimEnd('.'))} must be a JSON object");
            return default!;
        }

        var value = read(this);
        foreach (var field in element.EnumerateObject().Where(field => !known.Contains(field.Name)))
        {
            Problems.Add($"{path}{field.Name} is not a field of this report");
        }

        return value;
    }

    public string Text(string name, int longest = 8000) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } found when string.IsNullOrWhiteSpace(found.GetString()) => Problem(name, "must not be empty", ""),
        { ValueKind: JsonValueKind.String } found when found.GetString()!.Length > longest => Problem(
            name, string.Create(CultureInfo.InvariantCulture, $"is longer than {longest} characters"), ""),
        { ValueKind: JsonValueKind.String } found => found.GetString()!,
        null => Problem(name, "is missing: it must be a text", ""),
        _ => Problem(name, "must be a text", ""),
    };

    public string OptionalText(string name, int longest = 8000) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } found when found.GetString()!.Length <= longest => found.GetString()!,
        _ => Problem(name, string.Create(CultureInfo.InvariantCulture, $"must be a text of at most {longest} characters"), ""),
    };

    /// <summary>One of the enum's names; case does not matter.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>();
        var found = Find(name);
        var said = found is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        return words.FirstOrDefault(word => string.Equals(word, said, StringComparison.OrdinalIgnoreCase)) is { } word
            ? Enum.Parse<T>(word)
            : Problem(name, $"{(found is null ? "is missing: it " : "")}must be one of {string.Join(", ", words.Select(JsonNamingPolicy.CamelCase.ConvertName))}", default(T));
    }

    public int Number(string name, int least) =>
        Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var value) && value >= least
            ? value
            : Problem(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} on"), least);

    public ImmutableArray<T> List<T>(string name, Func<ReportReader, T> read, bool required = true, int most = 200) =>
        Items(name, required, most, (item, at) => new ReportReader(item, at + ".", Problems).Whole(read));

    public ImmutableArray<string> Texts(string name, bool required = true, int most = 200) => Items(name, required, most, (item, at) =>
    {
        if (item.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(item.GetString()))
        {
            return item.GetString()!;
        }

        Problems.Add($"{at} must be a text that is not empty");
        return "";
    });

    public void Require(bool holds, string name, string problem)
    {
        if (!holds)
        {
            Problems.Add($"{path}{name} {problem}");
        }
    }

    private ImmutableArray<T> Items<T>(string name, bool required, int most, Func<JsonElement, string, T> read) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Array } found when found.GetArrayLength() <= most => [.. found.EnumerateArray().Select(
            (item, index) => read(item, string.Create(CultureInfo.InvariantCulture, $"{path}{name}[{index}]")))],
        { ValueKind: JsonValueKind.Array } => Problem(
            name, string.Create(CultureInfo.InvariantCulture, $"has more than {most} entries"), ImmutableArray<T>.Empty),
        null or { ValueKind: JsonValueKind.Null } when !required => [],
        null => Problem(name, "is missing: it must be a list", ImmutableArray<T>.Empty),
        _ => Problem(name, "must be a list", ImmutableArray<T>.Empty),
    };

    private JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var found) ? found : null;
    }

    private T Problem<T>(string name, string problem, T instead)
    {
        Problems.Add($"{path}{name} {problem}");
        return instead;
    }
}
