using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Oversight;

/// <summary>What happened to a substrate's promoted commits at oversight. Each intent is recorded before its effect, each observation after it.</summary>
/// <param name="At">When it was recorded.</param>
public abstract record OversightEvent(DateTimeOffset At);

/// <summary>Intent: a person signed exactly this; it is about to be merged to the stable branch.</summary>
/// <param name="Review">What was reviewed.</param>
/// <param name="Version">What is known as reviewed from now on, as it runs.</param>
/// <param name="Branch">The stable branch.</param>
/// <param name="Stable">The commit that the branch was at; it is moved from there or not at all.</param>
/// <param name="By">Who signed.</param>
/// <param name="At">When; also the time of the merge, so that it is the same commit when it is made again.</param>
public sealed record SigningDecided(ReviewedPeriod Review, DeployedVersion Version, string Branch, string Stable, string By, DateTimeOffset At)
    : OversightEvent(At);

/// <summary>The signed merge is there and on no branch yet.</summary>
public sealed record StableMergeMade(string Commit, DateTimeOffset At) : OversightEvent(At);

/// <summary>The stable branch holds the signed merge: the period is over.</summary>
public sealed record StableMerged(string Commit, DateTimeOffset At) : OversightEvent(At);

/// <summary>The stable branch was left as it was.</summary>
/// <param name="Field">What is in the way.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Fix">What to do.</param>
/// <param name="At">When.</param>
public sealed record SigningAbandoned(string Field, string Reason, string Fix, DateTimeOffset At) : OversightEvent(At);

/// <summary>Intent: a person refused these commits; production and the branch of promoted commits are about to go back.</summary>
/// <param name="Review">What was reviewed.</param>
/// <param name="Commits">What was refused, oldest first.</param>
/// <param name="BackTo">What production runs then; null where nothing runs, as of a library.</param>
/// <param name="By">Who refused.</param>
/// <param name="Why">In the person's words.</param>
/// <param name="At">When.</param>
public sealed record RefusalDecided(
    ReviewedPeriod Review, ImmutableArray<string> Commits, DeployedVersion? BackTo, string By, string Why, DateTimeOffset At) : OversightEvent(At);

/// <summary>Production runs the reviewed version.</summary>
public sealed record ProductionReverted(string Commit, DateTimeOffset At) : OversightEvent(At);

/// <summary>Production could not be brought back to the reviewed version; a person must look.</summary>
public sealed record ProductionNotReverted(string Reason, DateTimeOffset At) : OversightEvent(At);

/// <summary>The branch of promoted commits is at the last reviewed one.</summary>
public sealed record EvolvedMovedBack(string Commit, DateTimeOffset At) : OversightEvent(At);

/// <summary>The branch of promoted commits could not be moved back.</summary>
public sealed record EvolvedNotMovedBack(string Reason, DateTimeOffset At) : OversightEvent(At);

/// <summary>A person asked again for a refusal that could not be carried out.</summary>
public sealed record RefusalTakenUp(string By, DateTimeOffset At) : OversightEvent(At);

/// <summary>What one review was about: from the last reviewed commit to the head.</summary>
/// <param name="Head">The tip of the branch of promoted commits, as it was shown.</param>
/// <param name="Base">The last commit that was reviewed; where nothing ever was, the one that the first promotion built on.</param>
/// <param name="Evolutions">Whose promotions are in it, oldest first.</param>
/// <param name="Begins">When the first of them was promoted.</param>
/// <param name="Hash">SHA-256 of the page that was shown, in lower-case hex.</param>
public sealed record ReviewedPeriod(string Head, string Base, ImmutableArray<Guid> Evolutions, DateTimeOffset Begins, string Hash);
