using System.Collections.Immutable;
using Moss.Replays.Sandboxed;

namespace Moss.Replays.Trying;

/// <summary>What a request may not ask for.</summary>
internal static class TryChecks
{
    /// <summary>What is wrong, and what would be right; null when nothing is.</summary>
    public static string? Problem(TryLease lease, TryRequest request)
    {
        if (!request.Scenarios.IsDefaultOrEmpty && request.Scenarios.FirstOrDefault(id => lease.Scenarios.All(scenario => scenario.Id != id)) is { } unknown)
        {
            return $"there is no scenario '{Json.JsonText.Cut(unknown, 90)}' to try; use {string.Join(", ", lease.Scenarios.Select(scenario => scenario.Id))}";
        }

        if (!request.Scenarios.IsDefaultOrEmpty && request.Scenarios.Any(id => id is null))
        {
            return "scenarios has a null; list ids";
        }

        if (!double.IsFinite(request.TimeoutSeconds) || request.TimeoutSeconds < 0)
        {
            return "timeoutSeconds must be 0 (the declared timeout) or more";
        }

        return (request.Overlay ?? ImmutableSortedDictionary<string, string>.Empty).Select(file => OverlayProblem(lease, file.Key, file.Value)).FirstOrDefault(problem => problem is not null);
    }

    private static string? OverlayProblem(TryLease lease, string path, string? content)
    {
        if (content is null)
        {
            return $"overlay '{path}' has no content; a file cannot be removed by an overlay";
        }

        if (Overlay.Problem(lease.WorkTree, path) is { } problem)
        {
            return $"overlay {problem}";
        }

        var scenarios = lease.ScenarioFolder.Trim('/') + "/";
        return path == "moss.yaml" || path.StartsWith(".git/", StringComparison.Ordinal) || path.StartsWith(scenarios, StringComparison.Ordinal) || lease.IsProtected(path)
            ? $"overlay '{path}' is protected; lay over editable files alone"
            : null;
    }
}
