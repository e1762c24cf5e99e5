namespace Moss.Containers.Building;

/// <summary>Tells what the builder says about itself and its machine from what it says about the commit.</summary>
internal static class BuilderTrouble
{
    // A command that meets these itself ends with a code, which is another message.
    private static readonly string[] Words = ["no space left on device", "context canceled", "is shutting down", "input/output error"];

    /// <summary>True when a build failed for a reason that has nothing to do with what was built.</summary>
    public static bool Explains(string reason) =>
        !reason.Contains("returned a non-zero code", StringComparison.Ordinal) && Words.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));
}
