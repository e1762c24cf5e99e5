using System.Collections.Immutable;
using Moss.Domain.Evolution;

namespace Moss.Domain.Audit;

/// <summary>How an evolution could end where it stood; the machine's table, read backwards.</summary>
internal static class PossibleEndings
{
    /// <summary>Every ending that the state and the event before allow.</summary>
    public static ImmutableArray<EvolutionEnded> Of(EvolutionState state, object? before)
    {
        if (state.Start is null)
        {
            return [];
        }

        return before switch
        {
            CandidatePromoted when state.Ruling is not null => [Endings.Promoted(state)],
            PromotionRolledBack e when state.Ruling is not null => [Endings.RolledBack(state, e.Reason)],
            PromotionRefused e when state.Ruling is not null => [Endings.NotPromoted(state, e.Reason)],
            ConsentRefused e when state.Ruling is not null => [Endings.NotPromoted(state, $"{e.RefusedBy} refused consent: {e.Reason}")],
            ConsentExpired when state.Ruling is not null => [Endings.NotPromoted(state, Endings.NobodyConsented)],
            StopRequested e => [Endings.Stopped(e.By)],
            WallClockPassed => [Endings.OutOfTime(state)],
            StageBroken e => [Endings.Broken(state, e.Reason), .. Anywhere(state)],
            IterationRuled when state.IsFinal() => [Endings.AsRuled(state)],
            BaselineMeasured when !state.IsWorthTrying() => [Endings.NothingToTry(state)],

            // What the stage paid for models is written down between its answer and what follows from that.
            MoneySpent e when state.BaselineKey is { } baseline && e.Key == baseline && state.Current == baseline && !state.IsWorthTrying() =>
                [Endings.NothingToTry(state), .. Anywhere(state)],
            _ => [.. Anywhere(state)],
        };
    }

    private static IEnumerable<EvolutionEnded> Anywhere(EvolutionState state)
    {
        if (!state.HasMoney)
        {
            yield return Endings.OutOfMoney(state);
        }

        if (state is { Phase: Phase.Locating, Diagnosis.FailureClass: FailureClass.Environment })
        {
            yield return Endings.Environment(state);
        }

        yield return Endings.LateAnswer(state);
    }
}
