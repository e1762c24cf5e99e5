namespace Moss.Deployment.Starting;

/// <summary>What came of a request to start or stop a substrate outside a promotion.</summary>
internal abstract record StartOutcome
{
    private StartOutcome() { }

    /// <summary>It is as was asked, perhaps it was before.</summary>
    internal sealed record Done : StartOutcome;

    /// <summary>Nothing was done.</summary>
    internal sealed record Refused(string Field, string Detail, string Fix) : StartOutcome;

    /// <summary>It was started, did not come up healthy and was stopped again.</summary>
    internal sealed record Unhealthy(string Reason, string LogTail) : StartOutcome;
}
