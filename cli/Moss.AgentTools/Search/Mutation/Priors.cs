using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>
/// Costs that several templates share. They order the search by how often a kind of slip is seen in studies of real
/// repairs (a wrong operator or name before a missing statement), never by a program.
/// </summary>
internal static class Priors
{
    /// <summary>What it adds when a value of one shape takes the place of another.</summary>
    public static double Mismatch(Shape wanted, Shape given) =>
        (wanted & given) != 0 ? 0
        : wanted == Shape.Unknown || given == Shape.Unknown ? 0.35
        : 2;

    /// <summary>What it adds that a name comes from further away.</summary>
    public static double Distance(VisibleName name) => name.Distance * 0.3;

    /// <summary>Both together.</summary>
    public static double Choice(Shape wanted, VisibleName name) => Mismatch(wanted, name.Shape) + Distance(name);
}
