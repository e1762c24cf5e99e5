using System.Globalization;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Checks of <c>deploy.watch</c> that need more than one key.</summary>
internal static class WatchChecks
{
    private const int OutcomesOfAWatch = 1000;

    public static void RatesDiffer(WatchLimits limits, YamlValue.Map map, FieldAt field)
    {
        if (limits.Acceptable >= limits.Unacceptable)
        {
            field.Below("acceptable").Report(
                CrossChecks.At(map, "acceptable"), Text($"is {limits.Acceptable}, not below unacceptable ({limits.Unacceptable}): there is nothing to tell apart"),
                "write a smaller share, such as 0.05, or a larger unacceptable");
        }
    }

    public static void ReadMoreThanOnce(WatchDeclaration watch, YamlValue.Map map, FieldAt field)
    {
        if (watch.For < watch.Interval * 2)
        {
            field.Below("for").Report(
                CrossChecks.At(map, "for"), $"is {DurationText.Write(watch.For)}, too short for two reads {DurationText.Write(watch.Interval)} apart",
                "raise for, or lower interval");
        }
    }

    public static void NamesDiffer(WatchDeclaration watch, YamlValue.Map map, FieldAt field)
    {
        foreach (var twice in watch.Metrics.GroupBy(metric => metric.Name).Where(group => group.Count() > 1))
        {
            field.Below("metrics").Report(CrossChecks.At(map, "metrics"), $"has two metrics with the name {twice.Key}", "give each a name of its own");
        }
    }

    /// <summary>A row of failures comes by chance as well: where many may fail, a short one says nothing.</summary>
    public static void RowsAreRare(WatchDeclaration watch, YamlValue.Map map, FieldAt field)
    {
        if (!watch.Metrics.IsEmpty && ByChance(watch, watch.FailuresInARow) > watch.Limits.FalseAlarm)
        {
            var enough = Enumerable.Range(watch.FailuresInARow, 1000).First(row => ByChance(watch, row) <= watch.Limits.FalseAlarm);
            field.Below("failuresInARow").Report(
                CrossChecks.At(map, "failuresInARow"),
                Text($"is {watch.FailuresInARow}: where {watch.Limits.Acceptable:0.##%} may fail, {OutcomesOfAWatch} outcomes would have such a row by chance with {ByChance(watch, watch.FailuresInARow):0.##%}, more often than limits.falseAlarm"),
                $"write {enough} or more, or lower limits.acceptable");
        }
    }

    private static double ByChance(WatchDeclaration watch, int row) =>
        Math.Min(1, OutcomesOfAWatch * (1 - watch.Limits.Acceptable) * Math.Pow(watch.Limits.Acceptable, row));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
