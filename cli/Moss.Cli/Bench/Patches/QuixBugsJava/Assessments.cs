using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>A patch of the experiment.</summary>
/// <param name="Program">The program that it changes.</param>
/// <param name="Name">Tool and file, in letters that a folder may have.</param>
/// <param name="File">Absolute path.</param>
/// <param name="IsCorrect">By the manual assessment of the experiment's authors.</param>
internal sealed record AssessedPatch(string Program, string Name, string File, bool IsCorrect);

/// <summary>Joins the patches of the experiment with its table of assessments; its names differ in blanks, case and endings.</summary>
internal static partial class Assessments
{
    /// <summary>Every patch with its label, sorted. A patch without a row and a row without a patch are named in the second answer.</summary>
    public static (ImmutableArray<AssessedPatch> Patches, ImmutableArray<string> Unmatched) Read(string experiment)
    {
        var rows = Rows(System.IO.File.ReadAllText(Path.Combine(experiment, "assessment_report", "Assessments.md")));
        var patches = ImmutableArray.CreateBuilder<AssessedPatch>();
        var unmatched = ImmutableArray.CreateBuilder<string>();
        var folder = Path.Combine(experiment, "patches");
        foreach (var file in Directory.EnumerateFiles(folder, "*.patch", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var parts = Path.GetRelativePath(folder, file).Split('/');
            var name = $"{parts[1]}_{parts[^1]}";
            if (rows.Remove(Key(name), out var correct))
            {
                patches.Add(new(parts[0], NotForNames().Replace(Path.GetFileNameWithoutExtension(name), "-"), file, correct));
            }
            else
            {
                unmatched.Add(name);
            }
        }

        return (patches.ToImmutable(), [.. unmatched, .. rows.Keys.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a patch was called correct by hand, by key.</summary>
    public static Dictionary<string, bool> Rows(string table) => table.Split('\n')
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length > 3 && cells[1].EndsWith(".patch", StringComparison.Ordinal))
        .ToDictionary(cells => Key(cells[1]), cells => cells[2] == "Correct", StringComparer.Ordinal);

    /// <summary>The same for both spellings: small letters, no blanks, no tool at the end.</summary>
    public static string Key(string name)
    {
        var plain = name.Replace(" ", "", StringComparison.Ordinal).Replace(".patch", "", StringComparison.Ordinal).ToLowerInvariant();
        var tool = plain.Split('_')[0];
        return plain.EndsWith($"_{tool}", StringComparison.Ordinal) ? plain[..^(tool.Length + 1)] : plain;
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotForNames();
}
