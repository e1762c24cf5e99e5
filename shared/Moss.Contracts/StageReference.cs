namespace Moss.Contracts;

/// <summary>Which unit of work a message is about. Every command carries one, and its answer carries the same.</summary>
/// <param name="EvolutionId">The evolution.</param>
/// <param name="Iteration">1, 2, 3 …; 0 for the baseline that it begins with.</param>
/// <param name="Stage">Stage name, such as <c>Locate</c>.</param>
/// <param name="Round">1 for the first try within the iteration.</param>
public sealed record StageReference(Guid EvolutionId, int Iteration, string Stage, int Round);

/// <summary>What the evolution is about; the same in all its commands.</summary>
/// <param name="Substrate">Name.</param>
/// <param name="BatchId">The batch.</param>
/// <param name="BaseCommit">The commit that candidates are built on and compared with, 40 hex digits.</param>
/// <param name="Scenarios">Ids of the batch's scenarios that failed at baseline (all of the batch before it is measured).</param>
/// <param name="Baseline">Key of the stage that measured the base, as text; null before it is measured.</param>
public sealed record Subject(
    string Substrate, Guid BatchId, string BaseCommit, IReadOnlyList<string> Scenarios, string? Baseline = null);

/// <summary>What an agent call used.</summary>
/// <param name="Agent">Provider.</param>
/// <param name="Dollars">US dollars.</param>
/// <param name="TokensIn">Tokens read.</param>
/// <param name="TokensOut">Tokens written.</param>
/// <param name="Seconds">Wall clock.</param>
/// <param name="Exhausted">True when a call was refused because it could have cost more than was left.</param>
/// <param name="Estimated">True when the dollars are Moss's estimate.</param>
/// <param name="Model">Names of the models that were asked, with commas between them; none from before has said so.</param>
/// <param name="Prompt">Version of what the agent was asked, the role's template, rules and schema; null where no role was played.</param>
public sealed record Spending(
    string Agent, decimal Dollars, long TokensIn, long TokensOut, double Seconds, bool Exhausted = false, bool Estimated = false,
    string? Model = null, string? Prompt = null);

/// <summary>An earlier candidate and what became of it, in words that may be shown to an agent.</summary>
/// <param name="Iteration">Which.</param>
/// <param name="DiffArtifact">Hash of its unified diff.</param>
/// <param name="Outcome">One line.</param>
/// <param name="BatchScore">Mean over the batch, 0 to 1.</param>
public sealed record PriorAttempt(int Iteration, string DiffArtifact, string Outcome, double BatchScore);

/// <summary>A stage broke (not: refused): the worker could not do its work, and says why.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Reason">For people.</param>
/// <param name="Transient">True when the same command may succeed later.</param>
/// <param name="Spending">What was paid for all the same; null for nothing.</param>
public sealed record StageBroke(StageReference Stage, string Reason, bool Transient, Spending? Spending = null);
