using System.Globalization;

namespace Moss.AgentTools.Roles;

/// <summary>A mechanical opinion: done when the whole batch passes. The policy rules.</summary>
internal static class ProposeVerdictRole
{
    public static async Task<VerdictReport> RunAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.HasRunner)
        {
            return new VerdictReport("Converged", "Mechanical: no scenario could be run here, so there is no objection; the trials decide.");
        }

        var results = await desk.ReplayAsync(coverage: false, cancellationToken);
        var passed = results.Count(r => r.Passed);
        var count = string.Create(CultureInfo.InvariantCulture, $"{passed} of {results.Length} scenarios of the batch pass");
        return passed == results.Length
            ? new VerdictReport("Converged", $"Mechanical: {count}.")
            : new VerdictReport("NeedMoreWork", $"Mechanical: only {count}.");
    }
}
