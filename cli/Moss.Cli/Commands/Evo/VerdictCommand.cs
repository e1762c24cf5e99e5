using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands.Evo;

internal static class VerdictCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        return new Command("verdict", "Why the verdict is what it is: three answers with their numbers; names held-out scenarios") { evolution }
            .Runs(async (context, cancellationToken) =>
            {
                var view = await context.Client.GetAsync<VerdictView>($"api/evolutions/{context.Get(evolution)}/verdict", cancellationToken);
                context.Show(view, shown => Print(context.Screen, shown));
                return ExitCodes.Done;
            });
    }

    public static void Print(Screen screen, VerdictView view)
    {
        screen.Line($"{view.Verdict ?? "no verdict yet"}: {view.Reason}");
        var interval = Text($"{view.Confidence * 100:0} % interval");
        screen.Table(
            ["scenario", "suite", "before", $"({interval})", "after", $"({interval})", "how they ended (before; after)"],
            view.Scenarios.Select(row => new[]
            {
                row.Scenario, row.Suite.ToLowerInvariant(), Rate(row.Before), Range(row.Before), row.After is { } after ? Rate(after) : "",
                row.After is { } ranged ? Range(ranged) : "", $"{Outcomes(row.Before)}; {(row.After is { } tallied ? Outcomes(tallied) : "not tried")}",
            }));

        PrintJudges(screen, view.Judges ?? []);
        if (view is not { Fixed: { } repaired, Safe: { } safe, Generalises: { } general })
        {
            return;
        }

        screen.Line(Text(
            $"fixed?        {repaired.Answer}: {repaired.Better} pairs better, {repaired.Worse} worse of {repaired.Pairs}; p = {Chance(repaired.PValue)}, to be at most {repaired.Alpha:0.####} ({repaired.PairsNeeded} pairs better); mean {repaired.BaselineMean:0.00} -> {repaired.CandidateMean:0.00}; power {repaired.Power:0.00}"));
        screen.Line(Text(
            $"safe?         {safe.Answer}: {safe.Guards.Count} held out, {safe.Regressed.Count} worse, {safe.Unjudged.Count} not judged; margin {safe.Margin:0.##}, false alarms of flaky ones at most {safe.FalseAlarms:0.##}"));
        foreach (var guard in safe.Guards.Where(guard => guard.Worse || guard.PValue is not null))
        {
            screen.Line($"              {Harm(guard)}");
        }

        screen.Line(Text(
            $"generalises?  {general.Answer}: {general.NowPassing} of {general.HeldOutFailures} held-out failures repaired ({general.Low:0.00} to {general.High:0.00}), {general.Repaired} different ones in all, {general.LeastFailures} asked for"));
        if (view.Firing is { } firing)
        {
            screen.Line($"fires?        {firing.Answer}: {firing.Ran} of {firing.Lines} changed lines are run by {firing.Scenarios} passing scenarios that were looked at");
        }

        screen.Line("what would change it:");
        foreach (var line in view.WouldChange)
        {
            screen.Line($"  {line}");
        }
    }

    /// <summary>A small chance is not none.</summary>
    internal static string Chance(double chance) => chance.ToString(chance < 0.001 ? "0.##E-0" : "0.####", CultureInfo.InvariantCulture);

    private static void PrintJudges(Screen screen, IReadOnlyList<JudgeView> judges)
    {
        if (judges.Count == 0)
        {
            return;
        }

        screen.Table(
            ["judge of", "suite", "labels", "agreement", "flip rate", "obeys orders", "", "so"],
            judges.Select(judge => new[]
            {
                $"{judge.Scenario}/{judge.Keypoint}", judge.Suite.ToLowerInvariant(), Text($"{judge.Agreed}/{judge.Labels}"),
                Text($"{judge.Agreement:0.00} ({judge.AgreementLow:0.00} to {judge.AgreementHigh:0.00}; {judge.MinimumAgreement:0.##})"),
                Text($"{judge.FlipRate:0.00} ({judge.FlipRateLow:0.00} to {judge.FlipRateHigh:0.00}; {judge.MaximumFlipRate:0.##})"),
                Text($"{judge.Obeyed}/{judge.Orders}"), judge.Accepted ? "accepted" : "REFUSED", judge.Effect,
            }));
        foreach (var judge in judges.Where(judge => !judge.Accepted))
        {
            screen.Line($"  {judge.Scenario}/{judge.Keypoint}: {judge.Reason}");
        }
    }

    private static string Harm(GuardView guard) => Text(
        $"{guard.Scenario}: {guard.Live.ToLowerInvariant()}, live {guard.LivePassed}/{guard.LiveTrials}, candidate {guard.Passed}/{guard.Trials}{(guard.PValue is { } pValue ? Text($", p = {Chance(pValue)} against {guard.Level:0.####}") : "")}{(guard.Worse ? ": WORSE" : guard.Blind ? ": too few trials to see even a complete loss" : "")}");

    private static string Rate(ArmVerdictView arm) => Text($"{arm.Passed}/{arm.Trials}");

    private static string Range(ArmVerdictView arm) => Text($"{arm.Low:0.00} to {arm.High:0.00}");

    private static string Outcomes(ArmVerdictView arm)
    {
        (int Count, string Name)[] kinds =
        [
            (arm.Passed, "passed"), (arm.Failed, "failed"), (arm.TimedOut, "timed out"), (arm.Crashed, "crashed"), (arm.InfrastructureErrors, "not run"),
        ];
        return kinds.Any(kind => kind.Count > 0)
            ? string.Join(", ", kinds.Where(kind => kind.Count > 0).Select(kind => Text($"{kind.Count} {kind.Name}")))
            : "none";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
