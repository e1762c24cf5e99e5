using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moss.Domain.Oversight;

/// <summary>A review as one readable page of Markdown. The same review is the same page, letter by letter, whenever it is asked for.</summary>
public static class ReviewPage
{
    private const int NamedFiles = 8;

    /// <summary>SHA-256 of the page in lower-case hex: what a signature is about.</summary>
    public static string HashOf(OversightReview review) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(review))));

    /// <summary>The page.</summary>
    public static string Of(OversightReview review)
    {
        var page = new StringBuilder();
        Line(page, $"# Oversight of {review.Substrate}\n");
        Line(page, $"Head {review.Head}, last reviewed {review.Base}, stable branch {review.StableBranch} at {review.Stable.Tip}.\n");
        if (review.IsEmpty)
        {
            Line(page, $"Nothing was promoted since the last review.\n");
        }
        else
        {
            Line(page, $"{review.Changes.Length} promoted since {review.Period.Begins:u}, {review.Dollars:0.00} US dollars.");
            Line(page, $"{(review.Period is { DueAt: { } due, OverdueAt: { } overdue } ? $"Due {due:u}; nothing more is promoted from {overdue:u} on." : "No review is asked for: no oversight is declared.")}\n");
        }

        Section(page, "Look twice at", review.Warnings.Select(Text));
        if (!review.IsEmpty)
        {
            page.Append("## What changed and why\n\n");
            foreach (var change in review.Changes)
            {
                Change(page, change);
            }
        }

        Section(page, "Rolled back", review.RolledBack.Select(version => Invariant($"{version.At:u} {version.Commit}: {Text(version.Reason)}")));
        Drift(page, review.Drift);
        Section(page, $"On {review.StableBranch} and not through oversight", review.Stable.Foreign.Select(Row));
        Section(page, "Below the head and never promoted", review.Unpromoted.Select(Row));
        return page.ToString();
    }

    private static void Change(StringBuilder page, ReviewedChange change)
    {
        var story = change.Story;
        Line(page, $"### {Text(change.What?.Subject ?? change.Promotion.Commit)}\n");
        Line(page, $"- Commit {change.Promotion.Commit}, promoted {change.Promotion.At:u}{(story.Approver.Length > 0 ? $" with the consent of {Text(story.Approver)}" : "")}, {story.DowntimeSeconds:0.0} s without service");
        if (change.What is { } what)
        {
            var more = what.Files.Length > NamedFiles ? Invariant($" and {what.Files.Length - NamedFiles} more") : "";
            Line(page, $"- What: {what.Files.Length} file{(what.Files.Length == 1 ? "" : "s")}, +{what.Insertions} -{what.Deletions}: {string.Join(", ", what.Files.Take(NamedFiles).Select(Text))}{more}");
        }

        Line(page, $"- Why: {(story.FailureClass is { } kind ? $"{kind} failure. " : "")}{Text(story.Diagnosis)}");
        Line(page, $"- Evidence: {change.Evidence} reported failure{(change.Evidence == 1 ? "" : "s")} in batch {story.Batch}, scenarios {string.Join(", ", story.Scenarios.Select(Text))}");
        Line(page, $"- Cost: {story.Dollars:0.00} US dollars in {story.Calls} call{(story.Calls == 1 ? "" : "s")}{(story.Estimated > 0 ? Invariant($", {story.Estimated:0.00} of it estimated") : "")}");
        Line(page, $"- Trials: {story.Trials} in {story.Iterations} iteration{(story.Iterations == 1 ? "" : "s")}");
        if (story.Ruling is { } ruling)
        {
            Line(page, $"- Verdict: {ruling.Verdict}, score {ruling.BaselineMean:0.00} before and {ruling.CandidateMean:0.00} after, p = {ruling.PValue?.ToString("0.####", CultureInfo.InvariantCulture) ?? "none"} at alpha {ruling.Alpha:0.####}. {Text(ruling.Detail)}");
        }

        Line(page, $"- Evolution {change.Promotion.Evolution}\n");
    }

    private static void Drift(StringBuilder page, Drift drift)
    {
        page.Append("## Drift\n\n| part | files before | after | lines before | after |\n|---|---|---|---|---|\n");
        foreach (var (name, growth) in new[] { ("everything", drift.Tree), ("what candidates may change", drift.Editable) })
        {
            Line(page, $"| {name} | {growth.Before.Files} | {growth.After.Files} | {growth.Before.Lines} | {growth.After.Lines} |");
        }

        page.Append('\n');
        Section(page, "Dependencies", drift.Dependencies.Select(line => line.Kind switch
        {
            DependencyChange.Added => $"{Text(line.File)}: added `{Code(line.After)}`",
            DependencyChange.Removed => $"{Text(line.File)}: removed `{Code(line.Before)}`",
            _ => $"{Text(line.File)}: `{Code(line.Before)}` became `{Code(line.After)}`",
        }));
    }

    private static void Section(StringBuilder page, string title, IEnumerable<string> rows)
    {
        var lines = rows.ToList();
        if (lines.Count > 0)
        {
            Line(page, $"## {title}\n");
            lines.ForEach(line => page.Append("- ").Append(line).Append('\n'));
            page.Append('\n');
        }
    }

    private static string Row(ForeignCommit commit) => $"{commit.Commit} {Text(commit.Subject)}";

    /// <summary>What agents and strangers wrote stays one line of text: no heading, link or table of their own.</summary>
    private static string Text(string given)
    {
        var text = new StringBuilder();
        foreach (var letter in given.ReplaceLineEndings(" ").Where(letter => !char.IsControl(letter)))
        {
            if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '!')
            {
                text.Append('\\');
            }

            text.Append(letter);
        }

        return text.ToString();
    }

    private static string Code(string given) => new([.. given.Where(letter => letter != '`' && !char.IsControl(letter))]);

    private static void Line(StringBuilder page, FormattableString text) => page.Append(Invariant(text)).Append('\n');

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
