using System.Collections.Immutable;

namespace Moss.AgentTools.Roles;

internal sealed record LocateReport(string Summary, string FailureClass, ImmutableArray<SuspectFile> Files);

internal sealed record SuspectFile(string Path, ImmutableArray<LineRange> Lines, string Reason);

internal sealed record LineRange(int Start, int End);

internal sealed record PlanReport(
    string RootCause, string Change, ImmutableArray<string> Files, string LeftAlone, ImmutableArray<ExpectedEffect> ExpectedEffect, string Risk);

internal sealed record ExpectedEffect(string Scenario, string Effect);

internal sealed record ReviewReport(string Decision, string Reason);

internal sealed record ImplementReport(string Subject, string Body);

internal sealed record VerdictReport(string Proposal, string Reason);
