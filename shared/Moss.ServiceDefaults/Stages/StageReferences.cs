using System.Globalization;
using Moss.Contracts;

namespace Moss.ServiceDefaults.Stages;

/// <summary>The text form of a stage reference: the same as the domain's stage key.</summary>
public static class StageReferences
{
    /// <summary><c>&lt;evolution, 32 hex&gt;.i1.implement.r2</c></summary>
    public static string Key(this StageReference stage) => string.Create(
        CultureInfo.InvariantCulture, $"{stage.EvolutionId:n}.i{stage.Iteration}.{stage.Stage.ToLowerInvariant()}.r{stage.Round}");

    /// <summary>Key of the round before; null for the first.</summary>
    public static string? EarlierKey(this StageReference stage) => stage.Round > 1 ? (stage with { Round = stage.Round - 1 }).Key() : null;
}
