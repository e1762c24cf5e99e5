using System.Globalization;

namespace Moss.Domain.Implementation;

/// <summary>The mechanical gates that every change passes before anyone reviews it.</summary>
public static class ChangeGates
{
    /// <summary>Characters of a patch above which no line count makes it small; far above what the line limit lets through otherwise.</summary>
    public const int LongestPatch = 4 * 1024 * 1024;

    /// <summary>The first gate that refuses the change; null when all let it pass.</summary>
    public static ChangeRefusal? Check(ProposedChange change, ChangeRules rules) =>
        NoChange(change) ?? OutOfScope(change, rules) ?? Unreadable(change) ?? Special(change) ?? Secret(change) ?? NewDependency(change, rules)
        ?? TooLarge(change, rules);

    private static ChangeRefusal? NoChange(ProposedChange change) =>
        change.Files.IsEmpty ? new(RefusalGround.NoChange, null, "the agent changed no file") : null;

    private static ChangeRefusal? OutOfScope(ProposedChange change, ChangeRules rules) =>
        change.Files.Select(file => (file.Path, Why: rules.WhyNot(file.Path))).FirstOrDefault(file => file.Why is not null) is { Why: { } why } shut
            ? new(RefusalGround.OutOfScope, shut.Path, $"{shut.Path} {why}")
            : null;

    /// <summary>Nobody can review what no diff shows, nor a patch that was cut.</summary>
    private static ChangeRefusal? Unreadable(ProposedChange change) =>
        change.Files.FirstOrDefault(file => file.Binary) is { } file
            ? new(RefusalGround.OutOfScope, file.Path, $"{file.Path} is a binary file, of which no change can be reviewed")
            : change.Patch.Length > LongestPatch
                ? new(RefusalGround.TooLarge, null, string.Create(
                    CultureInfo.InvariantCulture, $"the diff has {change.Patch.Length} characters, {LongestPatch} are allowed"))
                : null;

    /// <summary>A symbolic link or an embedded repository would make the commit mean files that no gate has seen.</summary>
    private static ChangeRefusal? Special(ProposedChange change) =>
        Patch.Entries(change.Patch).FirstOrDefault(entry => entry.IsLink || entry.IsRepository) switch
        {
            null => null,
            { IsLink: true } link => new(RefusalGround.OutOfScope, link.Path, $"{link.Path} is made a symbolic link, which may not be"),
            var inner => new(RefusalGround.OutOfScope, inner.Path, $"{inner.Path} is made a repository of its own, which may not be"),
        };

    private static ChangeRefusal? Secret(ProposedChange change)
    {
        foreach (var entry in Patch.Entries(change.Patch))
        {
            // A line that only moved was there before; the change does not bring it in.
            var known = entry.Removed.ToHashSet(StringComparer.Ordinal);
            foreach (var line in entry.Added.Where(line => !known.Contains(line)))
            {
                if (SecretPatterns.Find(line) is { } kind)
                {
                    return new(RefusalGround.Secret, entry.Path, $"{entry.Path} would contain {kind}");
                }
            }
        }

        return null;
    }

    private static ChangeRefusal? NewDependency(ProposedChange change, ChangeRules rules) =>
        change.Files.FirstOrDefault(file => rules.IsDependency(file.Path)) is { } file
            ? new(RefusalGround.NewDependency, file.Path, $"{file.Path} declares dependencies, which a candidate may not change")
            : null;

    private static ChangeRefusal? TooLarge(ProposedChange change, ChangeRules rules)
    {
        var lines = change.Files.Sum(file => (long)file.Insertions + file.Deletions);
        var largest = change.Files.MaxBy(file => (long)file.Insertions + file.Deletions)!.Path;
        return change.Files.Length > rules.MaxFiles
            ? new(RefusalGround.TooLarge, null, string.Create(
                CultureInfo.InvariantCulture, $"{change.Files.Length} files are changed, {rules.MaxFiles} are allowed; the largest change is in {largest}"))
            : lines > rules.MaxLines
                ? new(RefusalGround.TooLarge, largest, string.Create(
                    CultureInfo.InvariantCulture, $"{lines} lines are changed, {rules.MaxLines} are allowed; the largest change is in {largest}"))
                : null;
    }
}
