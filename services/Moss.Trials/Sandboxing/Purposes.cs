using System.Globalization;
using Moss.Contracts;
using Moss.Sandboxes;

namespace Moss.Trials.Sandboxing;

/// <summary>Names of work on sandboxes, for people who come upon one.</summary>
internal static class Purposes
{
    /// <summary>Of a stage: the evolution's id, and <c>i1.trial.r1</c>.</summary>
    public static SandboxPurpose Purpose(this StageReference stage) => new(
        stage.EvolutionId.ToString(), string.Create(CultureInfo.InvariantCulture, $"i{stage.Iteration}.{stage.Stage.ToLowerInvariant()}.r{stage.Round}"));
}
