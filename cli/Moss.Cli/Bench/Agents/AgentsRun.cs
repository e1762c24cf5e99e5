using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.Agents;

/// <summary>How the bench is run.</summary>
/// <param name="Agents">Names; empty for all that are installed.</param>
/// <param name="Runs">Of each kind for the overhead.</param>
internal sealed record AgentsOptions(IReadOnlyCollection<string> Agents, int Runs);

/// <summary>Has the coding agents put to the checks of the conformance tests, by a process that has the real jail and proxy.</summary>
internal sealed class AgentsRun(AgentsOptions options, Action<string> progress, TimeProvider clock)
{
    public async Task<AgentsReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var program = new HelperProgram(MossHome.AgentChecks, "the coding agents could not be tried", "`moss doctor` says what this machine lacks") { Tell = progress };
        var rows = new List<AgentRow>();
        var names = options.Agents.Distinct(StringComparer.Ordinal).ToList();
        await foreach (var row in program.AskAsync<AgentRow>(new { agents = names.Count == 0 ? null : names, runs = options.Runs }, cancellationToken))
        {
            rows.Add(row);
        }

        return new(rows, options.Runs, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1));
    }
}
