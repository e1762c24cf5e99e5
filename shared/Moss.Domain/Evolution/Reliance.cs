using System.Collections.Immutable;
using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Evolution;

/// <summary>What rests on judges that are not trusted.</summary>
public static class Reliance
{
    /// <summary>Scenarios, of the batch or held out, of which a keypoint has a judge that is refused: nothing that they say counts.</summary>
    public static ImmutableArray<string> Unjudgeable(this EvolutionState state) =>
        [.. state.Judges.Where(judge => !JudgeRule.Measure(judge).IsAccepted).Select(judge => judge.Scenario).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The first judge of the batch that is refused, with why, in a sentence; null when the batch can be judged.</summary>
    public static string? UnjudgeableBatch(this EvolutionState state) => UnjudgeableBatch(state.Judges, state.Start!.Scenarios);

    /// <summary>The same of judges that were measured just now.</summary>
    /// <param name="judges">All of them.</param>
    /// <param name="batch">Ids of the batch's scenarios.</param>
    public static string? UnjudgeableBatch(ImmutableArray<JudgeCalibration> judges, IEnumerable<string> batch) => judges
        .Where(judge => batch.Contains(judge.Scenario, StringComparer.Ordinal))
        .Select(judge => (Judge: judge, JudgeRule.Measure(judge).Ruling))
        .Where(judged => judged.Ruling is JudgeRuling.Refused)
        .Select(judged => $"the judge of keypoint '{judged.Judge.Keypoint}' of scenario '{judged.Judge.Scenario}' is refused: {((JudgeRuling.Refused)judged.Ruling).Reason}")
        .FirstOrDefault();
}
