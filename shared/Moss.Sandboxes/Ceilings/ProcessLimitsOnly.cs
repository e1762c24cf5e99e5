using System.Collections.Immutable;

namespace Moss.Sandboxes.Ceilings;

/// <summary>No control group can be made here: what is left are the resource limits that each process carries.</summary>
internal sealed class ProcessLimitsOnly : ICeilings
{
    public string Description => "resource limits of each process (no writable control group)";

    public bool BoundTheWhole => false;

    public ICeiling Open(SandboxLimits limits) => new None();

    private sealed class None : ICeiling
    {
        public ImmutableArray<string> Entries => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
