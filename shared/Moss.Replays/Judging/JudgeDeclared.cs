using System.Collections.Immutable;
using Moss.Replays.Reading;
using Moss.Substrates;

namespace Moss.Replays.Judging;

/// <summary>Holds scenarios against what moss.yaml says of a judge. Pure.</summary>
public static class JudgeDeclared
{
    /// <summary>Each grader that asks a judge which the substrate does not declare.</summary>
    public static ImmutableArray<ScenarioProblem> Problems(SubstrateDeclaration declaration, IEnumerable<Scenario> scenarios) => declaration.Judge is not null
        ? []
        :
        [
            .. from scenario in scenarios
               from judged in scenario.Graders.Select((grader, index) => (Grader: grader, Index: index))
               where judged.Grader is Grader.Judge
               select new ScenarioProblem(
                   $"{declaration.Scenarios}/{scenario.Id}.json", FormattableString.Invariant($"$.graders[{judged.Index}].kind"),
                   $"is judge, and {SubstrateReader.FileName} declares no judge",
                   $"Add judge: {{ model: {{ upstream: openai, name: a-model }} }} to {SubstrateReader.FileName}, or use a deterministic grader"),
        ];
}
