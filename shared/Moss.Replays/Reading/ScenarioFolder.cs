using System.Collections.Immutable;

namespace Moss.Replays.Reading;

/// <summary>
/// Reads the scenario folder of a checkout: every <c>*.json</c> directly in it is a scenario. Folders below it are for what
/// script graders need.
/// </summary>
public static class ScenarioFolder
{
    /// <summary>Most scenarios of one substrate.</summary>
    public const int MaximumScenarios = 5000;

    /// <summary>Reads all of it. No scenario at all is a problem too.</summary>
    /// <param name="tree">Absolute path of the checkout.</param>
    /// <param name="folder">Relative to it, as in <c>moss.yaml</c>.</param>
    public static FolderReading Read(string tree, string folder)
    {
        var path = Path.Combine(tree, folder);
        if (!Directory.Exists(path) || LinksOut(path))
        {
            return Refuse(folder, "is not a folder of the commit", "Add the folder, or name another one under \"scenarios\" in moss.yaml");
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)];
        return files.Length switch
        {
            0 => Refuse(folder, "has no scenario", "Add at least one file <id>.json"),
            > MaximumScenarios => Refuse(folder, $"has {files.Length} scenarios", $"Keep at most {MaximumScenarios}"),
            _ => Check(files.Select(file => (Name: $"{folder.TrimEnd('/')}/{Path.GetFileName(file)}", Reading: ReadFile(file, folder)))),
        };
    }

    /// <summary>The checks across files: ids are unique and each file is called like its scenario.</summary>
    internal static FolderReading Check(IEnumerable<(string Name, ScenarioReading Reading)> files)
    {
        var scenarios = ImmutableArray.CreateBuilder<Scenario>();
        var problems = ImmutableArray.CreateBuilder<ScenarioProblem>();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, reading) in files)
        {
            switch (reading)
            {
                case ScenarioReading.Invalid invalid:
                    problems.AddRange(invalid.Problems);
                    break;
                case ScenarioReading.Valid { Scenario: var scenario } when !owners.TryAdd(scenario.Id, name):
                    problems.Add(new(name, "$.id", $"is '{scenario.Id}', as in {owners[scenario.Id]}", "Give each scenario an id of its own"));
                    break;
                case ScenarioReading.Valid { Scenario: var scenario } when Path.GetFileNameWithoutExtension(name) != scenario.Id:
                    problems.Add(new(name, "$.id", $"is '{scenario.Id}'", $"Call the file {scenario.Id}.json, or the scenario '{Path.GetFileNameWithoutExtension(name)}'"));
                    break;
                case ScenarioReading.Valid { Scenario: var scenario }:
                    scenarios.Add(scenario);
                    break;
            }
        }

        return new([.. scenarios.OrderBy(scenario => scenario.Id, StringComparer.Ordinal)], problems.ToImmutable());
    }

    private static ScenarioReading ReadFile(string file, string folder)
    {
        var name = $"{folder.TrimEnd('/')}/{Path.GetFileName(file)}";
        var info = new FileInfo(file);
        if (info.LinkTarget is not null)
        {
            return new ScenarioReading.Invalid([new(name, "$", "is a symbolic link", "Put the file itself there")]);
        }

        // One byte more than allowed is enough for the reader to refuse it.
        using var stream = info.OpenRead();
        var content = new byte[Math.Min(info.Length, ScenarioReader.MaximumBytes + 1)];
        return ScenarioReader.Read(name, content.AsSpan(0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)));
    }

    private static bool LinksOut(string path) => new DirectoryInfo(path).LinkTarget is not null;

    private static FolderReading Refuse(string folder, string problem, string fix) => new([], [new(folder, "$", problem, fix)]);
}

/// <summary>What the folder holds.</summary>
/// <param name="Scenarios">The ones that can be replayed, sorted by id.</param>
/// <param name="Problems">Empty when every file can.</param>
public sealed record FolderReading(ImmutableArray<Scenario> Scenarios, ImmutableArray<ScenarioProblem> Problems);
