using Moss.Sandboxes.Processes;

namespace Moss.Sandboxes;

/// <summary>Whether sandboxes can be made here, for <c>moss doctor</c> and for the start of Moss.</summary>
public sealed class SandboxHealth
{
    private readonly BubblewrapProbe probe;

    internal SandboxHealth(BubblewrapProbe probe) => this.probe = probe;

    /// <summary>Tries it out; a positive answer is remembered.</summary>
    public async Task<SandboxReadiness> CheckAsync(CancellationToken cancellationToken)
    {
        var state = await probe.CheckAsync(cancellationToken);
        return new SandboxReadiness(state is BubblewrapState.Ready, state.Message);
    }
}

/// <summary>The answer.</summary>
/// <param name="Ready">True when a sandbox was made.</param>
/// <param name="Message">What is there, or what is missing and how to get it.</param>
public sealed record SandboxReadiness(bool Ready, string Message);
