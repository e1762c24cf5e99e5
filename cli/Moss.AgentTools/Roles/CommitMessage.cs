using System.Globalization;
using System.Text;
using Moss.AgentTools.Search.Driver;

namespace Moss.AgentTools.Roles;

/// <summary>A repair as a commit message: what was changed and where, then the evidence.</summary>
internal static class CommitMessage
{
    private const int LongestSubject = 72;
    private const int MostScenarios = 12;

    public static ImplementReport Of(Repair repair, TimeSpan took)
    {
        var effort = string.Create(
            CultureInfo.InvariantCulture, $"{repair.Tried} changes tried in {repair.Replays} replays, {took.TotalSeconds:0} s{(repair.TimeUp ? ", until the time was up" : "")}.");
        return repair.Steps.IsEmpty
            ? new ImplementReport("No change found", $"No small change made a failing scenario do better without making another one worse. Nothing was edited.\n\n{effort}")
            : new ImplementReport(Subject(repair), Body(repair, effort));
    }

    private static string Subject(Repair repair)
    {
        var first = repair.Steps[0];
        var file = Path.GetFileName(first.Path);
        if (repair.Steps.Length > 1)
        {
            var files = repair.Steps.Select(s => s.Path).Distinct(StringComparer.Ordinal).ToList();
            var place = files.Count == 1 ? file : string.Create(CultureInfo.InvariantCulture, $"{files.Count} files");
            return string.Create(CultureInfo.InvariantCulture, $"{place}: {repair.Steps.Length} small repairs");
        }

        var what = OneLine(first.What);
        var where = first.Where.Length == 0 ? "" : $" in {first.Where}";
        string[] candidates = [$"{file}: {what}{where}", $"{file}: {what}", $"{file}: correct {Named(first.Template)}{where}"];
        return Array.Find(candidates, c => c.Length <= LongestSubject) ?? candidates[^1][..Math.Min(LongestSubject, candidates[^1].Length)];
    }

    private static string Named(string template) => template switch
    {
        "operator" or "token" => "an operator",
        "constant" => "a constant",
        "off-by-one" => "a value that is off by one",
        "order" => "the order of two values",
        "name" or "borrow" or "access" => "the value that is used",
        "operand" => "a computed value",
        "call" => "a call",
        "condition" or "guard" => "a condition",
        "insert" => "a missing statement",
        "remove" => "a needless statement",
        "move" or "flow" => "the flow",
        _ => "two places",
    };

    private static string Body(Repair repair, string effort)
    {
        var text = new StringBuilder();
        if (!repair.After.AllPass)
        {
            text.Append(CultureInfo.InvariantCulture, $"A partial repair: {repair.After.Passed} of {repair.After.Results.Count} scenarios pass now.\n\n");
        }

        if (repair.CarriesOn > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Carries on from the candidate of iteration {repair.CarriesOn}, whose change is part of this one.\n\n");
        }

        foreach (var step in repair.Steps)
        {
            var where = step.Where.Length == 0 ? "" : $", {step.Where}";
            text.Append(CultureInfo.InvariantCulture, $"- {step.Path}:{step.FirstLine}{where}: {OneLine(step.What)}\n");
        }

        text.Append("\nScenarios of the batch, before and after:\n");
        foreach (var after in repair.After.Results.Values.Take(MostScenarios))
        {
            var before = repair.Before.Results[after.Scenario];
            text.Append(CultureInfo.InvariantCulture, $"- {after.Scenario}: {before.Outcome} {before.Score:0.00} -> {after.Outcome} {after.Score:0.00}\n");
        }

        if (repair.After.Results.Count > MostScenarios)
        {
            text.Append(CultureInfo.InvariantCulture, $"- and {repair.After.Results.Count - MostScenarios} more\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nFound by search over small changes: {effort}");
        return repair.Alternatives > 0
            ? text.Append(CultureInfo.InvariantCulture, $" {repair.Alternatives} other changes made the batch pass as well.").ToString()
            : text.ToString();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
