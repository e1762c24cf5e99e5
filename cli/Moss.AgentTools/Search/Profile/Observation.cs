namespace Moss.AgentTools.Search.Profile;

/// <summary>
/// What can be learnt of a change without trying it: run the program as it is, and where the change would be compute what it
/// would compute.
/// </summary>
/// <param name="At">Offset of the line before which it is computed.</param>
/// <param name="Before">The expression that is there now; null where nothing is.</param>
/// <param name="After">The expression that would be there.</param>
/// <param name="Group">Changes of one group that compute the same do the same.</param>
internal sealed record Observation(int At, string? Before, string After, string Group);
