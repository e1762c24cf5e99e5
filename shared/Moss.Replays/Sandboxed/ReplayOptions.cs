namespace Moss.Replays.Sandboxed;

/// <summary>Where replays work.</summary>
/// <param name="ScratchFolder">Absolute path; a folder per replay is made below it and removed.</param>
public sealed record ReplayOptions(string ScratchFolder);
