namespace Moss.Domain.Evolution;

/// <summary>What a person is asked to allow.</summary>
public static class Offers
{
    /// <summary>How long the question stands.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(7);

    /// <summary>The question for the change of the current iteration.</summary>
    public static ConsentRequested Of(EvolutionState state) =>
        new(state.Change!.Commit, state.Change.Tree, state.Change.DiffArtifact, Window);
}
