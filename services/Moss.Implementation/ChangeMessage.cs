using System.Globalization;
using Moss.CodingAgents.Roles;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Workspaces;

namespace Moss.Implementation;

/// <summary>The commit message of a candidate: the author's words, and trailers that say where it comes from.</summary>
internal static class ChangeMessage
{
    private const int LongestSubject = 100;

    public static CommitMessage Of(ImplementPlan command, ImplementReport report, PlanReport? plan, Diff diff, Spending spending) => new(
        Subject(report, plan, diff),
        Plain(report.Body.Length > 0 ? report.Body : plan?.RootCause ?? ""),
        [
            ("Batch", command.Subject.BatchId.ToString("n")),
            ("Evolution", command.Stage.EvolutionId.ToString("n")),
            ("Iteration", command.Stage.Iteration.ToString(CultureInfo.InvariantCulture)),
            ("Failure-Class", OneLine(command.FailureClass)),
            ("Agent", OneLine(spending.Agent)),
            ("Cost", string.Create(CultureInfo.InvariantCulture, $"{spending.Dollars:0.00##} USD, {spending.TokensIn + spending.TokensOut} tokens")),
        ]);

    private static string Subject(ImplementReport report, PlanReport? plan, Diff diff)
    {
        var words = OneLine(report.Subject.Length > 0 ? report.Subject : plan?.Change ?? "");
        words = words.Length > 0 ? words : $"Change {diff.Files[0].Path}";
        return words.Length <= LongestSubject ? words : words[..(LongestSubject - 1)].TrimEnd() + "…";
    }

    private static string OneLine(string text) => string.Join(' ', Plain(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Agents' words end in a terminal with <c>git log</c>: no control characters, and no line that looks like a trailer of Moss.</summary>
    private static string Plain(string text) => string.Join('\n', new string([.. text.ReplaceLineEndings("\n").Where(letter => letter == '\n' || !char.IsControl(letter))])
        .Split('\n')
        .Select(line => Trailers.Any(trailer => line.TrimStart().StartsWith(trailer, StringComparison.OrdinalIgnoreCase)) ? "> " + line : line))
        .Trim();

    private static readonly string[] Trailers =
        ["Batch:", "Evolution:", "Iteration:", "Failure-Class:", "Agent:", "Cost:", "Co-authored-by:", "Signed-off-by:", "Reviewed-by:", "Acked-by:"];
}
