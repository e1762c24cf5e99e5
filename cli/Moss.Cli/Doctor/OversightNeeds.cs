using System.Globalization;

namespace Moss.Cli.Doctor;

/// <summary>What a review says of a substrate's oversight itself.</summary>
internal sealed record OversightStandingView(
    string Substrate, bool Declared, string Standing, DateTimeOffset? DueAt, DateTimeOffset? OverdueAt, OversightProblemView? KeyProblem);

internal sealed record OversightProblemView(string Detail, string Fix);

/// <summary>A line about the oversight of a substrate.</summary>
/// <param name="Substrate">Name.</param>
/// <param name="Standing">nothing, gathering, due, overdue, or unknown.</param>
/// <param name="Problem">Null when there is none.</param>
/// <param name="Fix">Empty without a problem.</param>
/// <param name="Stops">True when something does not work until that is mended.</param>
internal sealed record OversightNeed(string Substrate, string Standing, string? Problem = null, string Fix = "", bool Stops = false);

internal static class OversightNeeds
{
    /// <summary>A line for each problem, one where there is none, and none where no oversight is declared.</summary>
    public static IEnumerable<OversightNeed> Of(OversightStandingView view)
    {
        if (!view.Declared)
        {
            return [];
        }

        var sound = new OversightNeed(view.Substrate, view.Standing);
        List<OversightNeed> problems = [];
        var answer = $"moss oversight review {view.Substrate}, then sign or refuse";
        if (view.Standing == "overdue")
        {
            problems.Add(sound with { Problem = $"overdue since {Text(view.OverdueAt)}: nothing more is promoted", Fix = answer, Stops = true });
        }
        else if (view.Standing == "due")
        {
            problems.Add(sound with { Problem = $"due since {Text(view.DueAt)}; from {Text(view.OverdueAt)} on nothing more is promoted", Fix = answer });
        }

        if (view.KeyProblem is { } key)
        {
            problems.Add(sound with { Problem = key.Detail, Fix = key.Fix, Stops = true });
        }

        return problems.Count > 0 ? problems : [sound];
    }

    /// <summary>True when nothing is stopped.</summary>
    public static bool Hold(IEnumerable<OversightNeed> needs) => !needs.Any(need => need.Stops);

    private static string Text(DateTimeOffset? moment) => moment?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
