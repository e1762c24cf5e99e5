using System.Collections.Immutable;

namespace Moss.CodingAgents.Cassettes;

/// <summary>A folder of cassettes: every <c>*.json</c> in it is one.</summary>
internal static class CassetteShelf
{
    /// <summary>The cassette of an assignment, or why there is none. One file that cannot be trusted spoils the folder.</summary>
    public static CassetteChoice Find(string folder, AssignmentPrint asked)
    {
        if (!Directory.Exists(folder))
        {
            return new CassetteChoice.Refused($"the folder {folder}, which Moss:CodingAgents:Cassettes names, is not there");
        }

        var cassettes = new List<(string Name, Cassette Cassette)>();
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            switch (Read(file))
            {
                case CassetteReading.Malformed malformed:
                    return new CassetteChoice.Refused($"cassette {file} cannot be used: {string.Join("; ", malformed.Problems)}; record it anew, or take it away");
                case CassetteReading.Good good:
                    cassettes.Add((Path.GetFileName(file), good.Cassette));
                    break;
            }
        }

        return Choose(folder, [.. cassettes], asked);
    }

    private static CassetteReading Read(string file)
    {
        try
        {
            return CassetteJson.Read(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CassetteReading.Malformed([$"it cannot be read: {unreadable.Message}"]);
        }
    }

    private static CassetteChoice Choose(string folder, ImmutableArray<(string Name, Cassette Cassette)> cassettes, AssignmentPrint asked)
    {
        var candidates = cassettes.Where(candidate => candidate.Cassette.Assignment.Role == asked.Role)
            .OrderBy(candidate => AssignmentDifference.Distance(candidate.Cassette.Assignment, asked))
            .ToList();
        if (candidates.Count == 0)
        {
            return new CassetteChoice.Refused($"there is no cassette of {asked.Role} in {folder}{Advice("")}");
        }

        var (name, nearest) = candidates[0];
        return nearest.Assignment.Hash == asked.Hash
            ? new CassetteChoice.Found(nearest)
            : new CassetteChoice.Refused(
                $"no cassette in {folder} was recorded with this assignment of {asked.Role} ({asked.Hash[..12]}); from the nearest, {name}, "
                + $"{string.Join("; ", AssignmentDifference.Between(nearest.Assignment, asked))}{Advice($" ({nearest.Recording.Agent})")}");
    }

    private static string Advice(string agent) =>
        $". To record it, set Moss:CodingAgents:RecordTo to a folder and let the agent{agent} play the role itself";
}

/// <summary>What a shelf has for an assignment.</summary>
internal abstract record CassetteChoice
{
    private CassetteChoice() { }

    /// <summary>This one was recorded with it.</summary>
    public sealed record Found(Cassette Cassette) : CassetteChoice;

    /// <summary>None was; the reason says what changed and what to do.</summary>
    public sealed record Refused(string Reason) : CassetteChoice;
}
