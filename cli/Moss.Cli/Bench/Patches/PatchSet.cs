using System.Collections.Immutable;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Bench.Patches;

/// <summary>A program of a set and what is known of its candidates.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="Correct">Whether a candidate is correct, by its name.</param>
internal sealed record LabelledProgram(string Name, string Folder, ImmutableSortedDictionary<string, bool> Correct);

/// <summary>Reads the labels of a set, and checks that each candidate has one.</summary>
internal static class PatchSet
{
    public const string Correct = "correct";
    public const string Wrong = "wrong";

    private const string Layout = "docs/patches.md says how a set is laid out";

    /// <summary>All programs of the set, or those that are named, sorted.</summary>
    public static ImmutableArray<LabelledProgram> Read(string folder, IReadOnlyCollection<string>? names)
    {
        string[] known = Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Where(path => Directory.Exists(Path.Combine(path, "base"))).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];
        if (known.Length == 0)
        {
            throw new UsageException("--set", $"{folder} has no folder with a program", Layout);
        }

        if (names?.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new UsageException("--programs", $"there is no program '{unknown}' in {folder}", $"choose from: {string.Join(", ", known)}");
        }

        return [.. known.Where(name => names is null || names.Contains(name)).Select(name => ReadProgram(name, Path.Combine(folder, name)))];
    }

    private static LabelledProgram ReadProgram(string name, string folder)
    {
        var labels = Labels(Path.Combine(folder, "labels.json"));
        var candidates = Path.Combine(folder, "candidates");
        string[] found = Directory.Exists(candidates)
            ? [.. Directory.EnumerateDirectories(candidates).Select(path => Path.GetFileName(path)), .. Directory.EnumerateFiles(candidates, "*.patch").Select(path => Path.GetFileNameWithoutExtension(path))]
            : [];
        return found.Except(labels.Keys).FirstOrDefault() is { } missing
            ? throw new UsageException("--set", $"the candidate '{missing}' of {name} has no label", $"add it to {folder}/labels.json as \"{Correct}\" or \"{Wrong}\"")
            : labels.Keys.Except(found).FirstOrDefault() is { } gone
                ? throw new UsageException("--set", $"{folder}/labels.json names '{gone}', and there is no such candidate", Layout)
                : new(name, folder, labels);
    }

    private static ImmutableSortedDictionary<string, bool> Labels(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!.ToImmutableSortedDictionary(
                label => label.Key,
                label => label.Value is Correct or Wrong
                    ? label.Value == Correct
                    : throw new UsageException("--set", $"{file} calls '{label.Key}' \"{label.Value}\"", $"say \"{Correct}\" or \"{Wrong}\""),
                StringComparer.Ordinal);
        }
        catch (Exception broken) when (broken is IOException or JsonException)
        {
            throw new UsageException("--set", $"{file} cannot be read: {broken.Message}", Layout);
        }
    }
}
