using System.Collections.Immutable;
using System.Globalization;
using Moss.Replays;

namespace Moss.Ingestion.Substrates;

/// <summary>How many keypoints a scenario does well with; advice, and nothing that is refused. Pure.</summary>
internal static class KeypointAdvice
{
    public const int Fewest = 4;
    public const int Most = 7;

    /// <summary>Scenarios that are named one by one.</summary>
    private const int Named = 5;

    /// <summary>A sentence for those with too few, and one for those with too many; none when all do well.</summary>
    public static IReadOnlyList<string> Of(ImmutableArray<Scenario> scenarios) =>
    [
        .. Advice(scenarios, scenario => scenario.Graders.Length < Fewest, $"fewer than {Fewest}",
            "with so few an iteration that repairs a part looks like one that repairs nothing, so add checks of what else a good answer shows"),
        .. Advice(scenarios, scenario => scenario.Graders.Length > Most, $"more than {Most}",
            "with so many nobody sees which one matters, so join what is checked together, or make two scenarios of it"),
    ];

    private static IEnumerable<string> Advice(ImmutableArray<Scenario> scenarios, Func<Scenario, bool> applies, string count, string why)
    {
        string[] named = [.. scenarios.Where(applies).Select(scenario => $"{scenario.Id} ({scenario.Graders.Length.ToString(CultureInfo.InvariantCulture)})")];
        if (named.Length > 0)
        {
            var more = named.Length > Named ? string.Create(CultureInfo.InvariantCulture, $" and {named.Length - Named} more") : "";
            yield return $"Scenarios with {count} keypoints: {string.Join(", ", named.Take(Named))}{more}; {why}.";
        }
    }
}
