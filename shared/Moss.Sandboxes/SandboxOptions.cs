namespace Moss.Sandboxes;

/// <summary>What Moss may choose about sandboxes.</summary>
public sealed record SandboxOptions
{
    /// <summary>The <c>sandboxes</c> folder of the data folder. Required.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Run untrusted programs also where Moss is root and may not make control groups, so that the number of their processes
    /// cannot be limited. False unless a person said so. There is no engine without bubblewrap: where it is missing every run is
    /// <see cref="SandboxResult.Unavailable"/> and says what to install.
    /// </summary>
    public bool AllowUnlimitedProcesses { get; init; }
}
