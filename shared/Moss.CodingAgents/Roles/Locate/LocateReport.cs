using System.Collections.Immutable;

namespace Moss.CodingAgents.Roles;

/// <summary>Where the fault is.</summary>
/// <param name="Summary">What goes wrong and why, in a few sentences.</param>
/// <param name="FailureClass">What kind of change would repair it.</param>
/// <param name="Files">Where to look, most likely first; at least one.</param>
public sealed record LocateReport(string Summary, FailureClass FailureClass, ImmutableArray<FaultFile> Files)
{
    internal static LocateReport Read(ReportReader report)
    {
        var read = new LocateReport(
            report.Text("summary"), report.Choice<FailureClass>("failureClass"), report.List("files", FaultFile.Read));
        report.Require(!read.Files.IsEmpty, "files", "must name at least one file");
        return read;
    }
}

/// <summary>A file that takes part in the fault.</summary>
/// <param name="Path">Relative to the work tree.</param>
/// <param name="Lines">Ranges, most suspicious first; empty for the whole file.</param>
/// <param name="Reason">Why this file.</param>
public sealed record FaultFile(string Path, ImmutableArray<LineRange> Lines, string Reason)
{
    internal static FaultFile Read(ReportReader report)
    {
        var path = RepositoryPath.Normalise(report.Text("path", 400));
        report.Require(path.Length == 0 || RepositoryPath.IsInside(path), "path", RepositoryPath.Rule);
        return new(path, report.List("lines", LineRange.Read, required: false), report.OptionalText("reason"));
    }
}

/// <summary>Lines of a file, both ends included, the first is 1.</summary>
public sealed record LineRange(int Start, int End)
{
    internal static LineRange Read(ReportReader report)
    {
        var range = new LineRange(report.Number("start", 1), report.Number("end", 1));
        report.Require(range.End >= range.Start, "end", "must not be less than start");
        return range;
    }
}

/// <summary>What kind of change would repair a failure.</summary>
public enum FailureClass
{
    /// <summary>A prompt, an example or a setting.</summary>
    Surface,

    /// <summary>The program around the model: routing, hooks, state, dispatch, tools.</summary>
    Structural,

    /// <summary>None: the model cannot do it.</summary>
    Model,

    /// <summary>None: an outage, a quota, a missing file of the host.</summary>
    Environment,
}
