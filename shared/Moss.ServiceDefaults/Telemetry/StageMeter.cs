using System.Diagnostics;
using System.Diagnostics.Metrics;
using Moss.Contracts;

namespace Moss.ServiceDefaults.Telemetry;

/// <summary>How long stages wait and work. Nothing is measured while nobody listens.</summary>
public static class StageMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Moss.Stages";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("moss.stage.wait", "s", "From the sending of a command to a worker that takes it");

    private static readonly Histogram<double> Work = Meter.CreateHistogram<double>("moss.stage.duration", "s", "Work on a stage, by stage and answer");

    /// <summary>A worker took a command.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="waited">Zero or more; a negative one, of clocks that differ, counts as zero.</param>
    public static void Taken(StageReference stage, TimeSpan waited) =>
        Wait.Record(Math.Max(0, waited.TotalSeconds), new KeyValuePair<string, object?>("moss.stage", stage.Stage));

    /// <summary>A stage was worked on to its end.</summary>
    public static void Done(StageReference stage, object answer, TimeSpan worked) => Work.Record(
        worked.TotalSeconds, new TagList { { "moss.stage", stage.Stage }, { "moss.answer", answer.GetType().Name } });
}
