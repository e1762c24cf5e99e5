namespace Moss.EndToEnd.Tests.Agents;

/// <summary>An agent that repairs, and whose first call in one role is never answered, so that a test can act while it runs.</summary>
internal sealed class Held(string role)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<AgentCall> held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AgentScript Script => Scripts.But(role, call => held.TrySetResult(call) ? call.NeverAnsweredAsync() : Scripts.Repairs(call));

    /// <summary>The call, once it has come.</summary>
    public Task<AgentCall> CallAsync() => held.Task.WaitAsync(Patience);
}
