namespace Moss.Domain.Evolution;

/// <summary>What a person is asked to allow.</summary>
public static class Offers
{
    /// <summary>How long the question stands.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(7);

    /// <summary>The question for the change of the current iteration.</summary>
    public static ConsentRequested Of(EvolutionState state) =>
        new(state.Change!.Commit, state.Change.Tree, state.Change.DiffArtifact, Window, state.Image);

    /// <summary>
    /// True when a consent is about exactly what is asked now, and was given while the question stood; never where it has to be signed.
    /// </summary>
    /// <param name="state">The evolution.</param>
    /// <param name="commit">What the consent names.</param>
    /// <param name="tree">What the consent names.</param>
    /// <param name="image">What the consent names; null for none.</param>
    /// <param name="givenAt">When it was given, UTC.</param>
    public static bool IsAnsweredBy(this EvolutionState state, string commit, string tree, string? image, DateTimeOffset givenAt) =>
        state.Start?.Consent is null && state.ConsentAsked is var (asked, at) && asked.Commit == commit && asked.Tree == tree && asked.Image == image && givenAt <= at + asked.Window;
}
