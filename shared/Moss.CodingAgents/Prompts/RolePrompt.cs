using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Moss.CodingAgents.Roles;

namespace Moss.CodingAgents.Prompts;

/// <summary>Fills a role's template. Slots are replaced in one pass over the template: what is put in is never read as a template.</summary>
public static partial class RolePrompt
{
    /// <summary>The prompt of an assignment.</summary>
    public static string Write(
        string template, string schema, AssignmentFile facts, ImmutableArray<PromptEvidence> evidence, PromptLimits limits)
    {
        var prompt = Slot().Replace(template, slot => slot.Groups[1].Value switch
        {
            "rules" => RoleResources.Rules,
            "scenarios" => Scenarios(facts),
            "evidence" => Evidence(evidence, limits),
            "diagnosis" => Document("The diagnosis", "diagnosis", facts.Diagnosis, limits),
            "class" => Class(facts.FailureClass),
            "plan" => Document("The plan", "plan", facts.Plan, limits),
            "diff" => Document("The change", "unified diff", facts.Diff, limits),
            "feedback" => Document("Why the last round was rejected", "reviewer", facts.Feedback, limits),
            "attempts" => Attempts(facts.Attempts, limits),
            "results" => Document("The results", "trials of the batch", facts.Results, limits),
            "editable" => Editable(facts.EditableFiles, limits),
            "report" => Report(schema, facts),
            var unknown => throw new InvalidOperationException($"the template asks for {unknown}, which there is not"),
        });
        return Gap().Replace(prompt, "\n\n").Trim() + "\n";
    }

    /// <summary>The prompt of the repair round: the same with what was wrong.</summary>
    public static string Repair(string prompt, ImmutableArray<string> problems) => $"""
        {prompt}
        ## Your last report could not be used

        {string.Join("\n", problems.Select(problem => "- " + Quoted.Inline(problem)))}

        Your work is kept. Give the report again, complete and in the form asked for above.

        """;

    private static string Scenarios(AssignmentFile facts) => "## The failing scenarios\n\n" + string.Join("\n", facts.Scenarios.Select(scenario => string.Create(
        CultureInfo.InvariantCulture,
        $"- `{scenario.Id}` {Quoted.Inline(scenario.Title)}, score {scenario.BaselineScore:0.00} of 1{(scenario.BaselineScore >= 1 ? ": it passes, and must go on passing" : "")}")));

    private static string Evidence(ImmutableArray<PromptEvidence> evidence, PromptLimits limits)
    {
        if (evidence.IsEmpty)
        {
            return "";
        }

        var each = Math.Max(1, Math.Min(limits.EvidenceItem, limits.Evidence / evidence.Length));
        return "## The evidence\n\n" + string.Join("\n\n", evidence.Select(item => Quoted.Block(item.Label, Excerpt.Of(item.Text, each))));
    }

    private static string Document(string heading, string label, string? text, PromptLimits limits) =>
        string.IsNullOrEmpty(text) ? "" : $"## {heading}\n\n{Quoted.Block(label, Excerpt.Of(text, limits.Document))}";

    private static string Class(string? failureClass) => failureClass?.ToLowerInvariant() switch
    {
        null => "",
        "surface" => """
            ## The kind of failure

            The diagnosis calls it a surface failure. Change prompts, examples or settings first and leave the code alone, unless an
            earlier attempt below has tried that already and failed: that is the proof that the code must change.
            """,
        var other => $"## The kind of failure\n\nThe diagnosis calls it {other}.",
    };

    private static string Attempts(ImmutableArray<Attempt> attempts, PromptLimits limits) => attempts.IsDefaultOrEmpty ? "" :
        "## Earlier attempts\n\nThey were not good enough. Do not repeat them.\n\n" + string.Join("\n\n", attempts.Select(attempt => string.Create(
            CultureInfo.InvariantCulture,
            $"Attempt {attempt.Iteration}, score {attempt.BatchScore:0.00}: {Quoted.Inline(attempt.Outcome)}\n\n{Quoted.Block("unified diff", Excerpt.Of(attempt.Diff, limits.AttemptDiff))}")));

    private static string Editable(ImmutableArray<string> files, PromptLimits limits) => files.IsDefaultOrEmpty ? "" :
        "## Editable files\n\n" + Quoted.Block("file names", Excerpt.Of(string.Join('\n', files), limits.EditableFiles));

    private static string Report(string schema, AssignmentFile facts) => $"""
        ## Your report

        Write one JSON object to `{Assignment.OutFolder}/report.json`, or print it as the last ```json block of your output. Nothing
        else that you say is read. It must fit this JSON Schema:

        ```
        {schema.Trim()}
        ```

        You have {facts.TimeoutSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds.
        """;

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Slot();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
