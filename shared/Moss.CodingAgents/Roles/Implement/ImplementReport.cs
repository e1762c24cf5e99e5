namespace Moss.CodingAgents.Roles;

/// <summary>How the author words the change. What was changed is git's to say.</summary>
/// <param name="Subject">First line of the commit message, at most 100 characters; empty when the author gave none.</param>
/// <param name="Body">What and why; may be empty.</param>
public sealed record ImplementReport(string Subject, string Body)
{
    /// <summary>The author gave no words.</summary>
    public static ImplementReport None { get; } = new("", "");

    internal static ImplementReport Read(ReportReader report)
    {
        var subject = report.Text("subject", 100);
        report.Require(!subject.AsSpan().ContainsAny('\r', '\n'), "subject", "must be one line");
        return new(subject, report.OptionalText("body"));
    }
}
