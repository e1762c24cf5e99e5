using System.Globalization;
using Moss.Replays.Grading;
using Moss.Replays.Json;

namespace Moss.Replays.Judging;

/// <summary>What of a trial a judge gets to see.</summary>
internal abstract record JudgedText
{
    /// <summary>Most characters that a judge reads. A longer text does not hold: what is cut off could say the opposite.</summary>
    public const int Longest = 32 * 1024;

    private JudgedText() { }

    /// <summary>The text.</summary>
    public sealed record Found(string Text) : JudgedText;

    /// <summary>There is nothing to ask about: the keypoint is not shown, and no money is spent.</summary>
    public sealed record Nothing(string Reason) : JudgedText;

    public static JudgedText Of(Grader.Judge grader, TrialRemains remains)
    {
        if (grader.Path is null)
        {
            return Checked(remains.TextOf(grader.Target));
        }

        var target = grader.Target.ToString().ToLowerInvariant();
        if (!remains.TryJsonOf(grader.Target, out var json, out var invalid))
        {
            return new Nothing($"the {target} {invalid}");
        }

        var path = JsonPath.TryParse(grader.Path, out var problem) ?? throw new ArgumentException($"{grader.Path} {problem}", nameof(grader));
        return path.Select(json) switch
        {
            JsonSelection.Found found => Checked(JsonText.Write(found.Value, bare: true)),
            JsonSelection.Missing missing => new Nothing($"there is no {missing.At}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static JudgedText Checked(string text) => text.Length <= Longest
        ? new Found(text)
        : new Nothing(string.Create(CultureInfo.InvariantCulture, $"is {text.Length} characters long, and a judge reads {Longest} at most"));
}
