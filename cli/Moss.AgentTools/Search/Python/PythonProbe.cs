using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Moss.AgentTools.Search.Profile;

namespace Moss.AgentTools.Search.Python;

/// <summary>
/// A line before each observed statement computes its expressions in the statement's own scope. Only what has no effect of its
/// own is computed.
/// </summary>
internal sealed class PythonProbe : IValueProbe
{
    private const string Mark = "MOSS-VALUES ";
    private static readonly string Helper = ReadHelper();

    public string Instrument(SourceText file, IReadOnlyDictionary<int, IReadOnlyList<string>> expressions)
    {
        var pure = expressions.ToDictionary(
            p => p.Key.ToString(CultureInfo.InvariantCulture),
            p => p.Value.Select(text => Purity.IsPure(text) ? text : "").ToList());
        var parsed = PythonFile.Parse(file);
        var edits = ImmutableArray.CreateBuilder<Edit>();
        foreach (var at in expressions.Keys.Order())
        {
            var indent = file.Text.AsSpan(at, file.Text.AsSpan(at).IndexOfAnyExcept(' ', '\t'));
            edits.Add(Edit.Insert(at, string.Create(CultureInfo.InvariantCulture, $"{indent}_moss_probe({at}, globals(), locals())\n")));
        }

        var start = $"{Helper}_moss_probe = _MossProbe({JsonSerializer.Serialize(file.Path)}, {JsonSerializer.Serialize(JsonSerializer.Serialize(pure))})\n";
        var top = parsed.Top.FirstOrDefault(s => !s.IsDocumentation && !file.Slice(s.Start, s.End).StartsWith("from __future__", StringComparison.Ordinal));
        edits.Add(Edit.Insert(top is null ? file.Text.Length : file.LineStart(top.FirstLine), start));
        return Edit.Apply(file.Text, edits.ToImmutable());
    }

    public IReadOnlyDictionary<(string Path, int At), IReadOnlyList<int>> Read(string error)
    {
        var classes = new Dictionary<(string, int), IReadOnlyList<int>>();
        foreach (var line in error.Split('\n').Where(l => l.StartsWith(Mark, StringComparison.Ordinal)))
        {
            try
            {
                var told = JsonSerializer.Deserialize<Told>(line.AsSpan(Mark.Length), JsonSerializerOptions.Web);
                foreach (var (at, row) in told?.Values ?? [])
                {
                    classes[(told!.Path, at)] = row;
                }
            }
            catch (JsonException)
            {
                // Cut off where the output was limited; what was told before stays.
            }
        }

        return classes;
    }

    private static string ReadHelper()
    {
        using var stream = typeof(PythonProbe).Assembly.GetManifestResourceStream("Moss.AgentTools.Search.Python.probe.py")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private sealed record Told(string Path, [property: System.Text.Json.Serialization.JsonPropertyName("told")] Dictionary<int, List<int>> Values);
}
