using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests.Agents;

/// <summary>Agents that a test can hire.</summary>
internal static class Scripts
{
    /// <summary>Finds the defect, plans, writes and praises its repair.</summary>
    public static AgentScript Repairs { get; } = call => Task.FromResult(Good(call.Role));

    /// <summary>As the one that repairs, except where a role is played otherwise.</summary>
    public static AgentScript But(string role, Func<AgentCall, Task<AgentOrder>> otherwise) =>
        call => call.Role == role ? otherwise(call) : Repairs(call);

    /// <summary>As the one that repairs, with other files than the repair.</summary>
    public static AgentScript Writes(params (string Path, string Text)[] files) =>
        But("implement", _ => Task.FromResult(Good("implement") with { Writes = files.ToDictionary(file => file.Path, file => file.Text) }));

    public static AgentOrder Good(string role) => role switch
    {
        "locate" => new()
        {
            Report = new
            {
                summary = "The discount is divided by 1000 instead of 100.", failureClass = "structural",
                files = new[] { new { path = TillSource.PriceFile, lines = new[] { new { start = 1, end = 4 } }, reason = "It computes the total." } },
            },
        },
        "plan" => new()
        {
            Report = new { rootCause = "A percentage is a hundredth.", change = "Divide the discount by 100.", files = new[] { TillSource.PriceFile } },
        },
        "implement" => new()
        {
            Report = new { subject = "Divide the discount by 100", body = "A percentage is a hundredth." },
            Writes = new Dictionary<string, string> { [TillSource.PriceFile] = TillSource.RepairedPrice },
        },
        "review-plan" or "review-code" => new() { Report = new { decision = "approve", reason = "It does what it says." } },
        "propose-verdict" => new() { Report = new { proposal = "converged", reason = "All of it passes." } },
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no script for this role"),
    };
}
