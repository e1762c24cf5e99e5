namespace Moss.Domain.Implementation;

/// <summary>What a candidate may change, from the declaration of the commit that the evolution started at.</summary>
/// <param name="WhyNot">
/// Why a file may not be changed, read on from its path (<c>is protected by tests/**</c>); null when it may.
/// </param>
/// <param name="IsDependency">True when a change of the file means a new dependency.</param>
/// <param name="MaxFiles">Most files changed by one candidate, at least 1.</param>
/// <param name="MaxLines">Most lines added and removed together, at least 1.</param>
public sealed record ChangeRules(Func<string, string?> WhyNot, Func<string, bool> IsDependency, int MaxFiles, int MaxLines);
