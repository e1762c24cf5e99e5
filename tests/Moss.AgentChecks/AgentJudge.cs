using Moss.AgentChecks.Checks;
using Moss.AgentChecks.Measuring;

namespace Moss.AgentChecks;

/// <summary>Puts an agent to the checks, one after the other, and measures what Moss adds to it.</summary>
/// <param name="checks">Which.</param>
/// <param name="runs">Of each kind for the overhead; 0 measures nothing.</param>
/// <param name="told">Is told of each check that has ended, and why it failed.</param>
internal sealed class AgentJudge(IEnumerable<AgentCheck> checks, int runs, Action<string, string?> told)
{
    public async Task<AgentRow> JudgeAsync(AgentSubject subject, string? version, CancellationToken cancellationToken)
    {
        var passed = new Dictionary<string, bool>();
        var failures = new Dictionary<string, string>();
        foreach (var check in checks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reason = await check.ReasonAsync(subject);
            passed[check.Name] = reason is null;
            Note(check.Name, reason);
        }

        var overhead = runs == 0 ? null : await MeasureAsync();
        return new(subject.Agent.Name, version, passed.Values.All(pass => pass), passed)
        {
            OverheadSeconds = overhead?.Seconds, BareSeconds = overhead?.Bare, MossSeconds = overhead?.Moss,
            Failures = failures.Count == 0 ? null : failures,
        };

        async Task<Overhead?> MeasureAsync()
        {
            try
            {
                var measured = await Overhead.MeasureAsync(subject, runs, cancellationToken);
                Note("overhead", null);
                return measured;
            }
            catch (Exception broken) when (broken is not (OperationCanceledException or OutOfMemoryException))
            {
                Note("overhead", Reason.Of(broken));
                return null;
            }
        }

        void Note(string name, string? reason)
        {
            if (reason is not null)
            {
                failures[name] = reason;
            }

            told(name, reason);
        }
    }
}
