using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Moss.Domain.Judgement;

/// <summary>The source files that a scenario runs lines of, on the live version.</summary>
public sealed record ScenarioFiles(string Scenario, ImmutableArray<string> Files);

/// <summary>
/// Which held-out scenarios are replayed while it is open whether the batch passes at all; every other one follows before a promotion.
/// Half of the places go to scenarios that run files of the change, most of them first, and what is left to a sample by lot, so that
/// harm far away is seen as well.
/// </summary>
public static class GuardSelection
{
    /// <summary>So many of them as there are places; all when there are enough. The same lot gives the same selection.</summary>
    /// <param name="guards">All.</param>
    /// <param name="places">1 or more; null for all.</param>
    /// <param name="touched">What is known of their files; a scenario that is not among them runs none.</param>
    /// <param name="changed">Files of the change.</param>
    /// <param name="lot">What the sample is drawn by.</param>
    public static ImmutableHashSet<string> First(
        ImmutableArray<string> guards, int? places, ImmutableArray<ScenarioFiles> touched, ImmutableArray<string> changed, string lot)
    {
        if (places is not { } most || guards.Length <= most)
        {
            return [.. guards];
        }

        var shared = touched.ToDictionary(scenario => scenario.Scenario, scenario => scenario.Files.Intersect(changed, StringComparer.Ordinal).Count());
        var drawn = guards.OrderBy(guard => Drawn(lot, guard), StringComparer.Ordinal).ToList();
        var near = drawn.Where(guard => shared.GetValueOrDefault(guard) > 0).OrderByDescending(guard => shared[guard]).Take((most + 1) / 2).ToList();
        return [.. near, .. drawn.Except(near).Take(most - near.Count)];
    }

    private static string Drawn(string lot, string guard) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{lot} {guard}")));
}
