using Microsoft.Extensions.Logging;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Sessions;
using Moss.Processes;

namespace Moss.CodingAgents.Cassettes;

/// <summary>
/// A call that leaves a cassette, when its program ended by itself and everything it printed was kept. What was stopped or could not ask
/// its model says nothing that is worth having again.
/// </summary>
internal sealed partial class RecordedCall(AgentCall call, ICodingAgent agent, JailLayout layout, string folder, IProcessRunner programs, ILogger log) : IAgentCall
{
    private int round;

    public AgentUse Use => call.Use;

    public async Task<AgentReport> AskAsync(Assignment assignment, CancellationToken cancellationToken)
    {
        var tape = new TreeTape(programs, Path.Combine(layout.Session, FormattableString.Invariant($"tape-{++round}")), layout.WorkTree);
        var asked = AssignmentPrint.Of(assignment, layout);
        await TryAsync(asked.Role, () => tape.BeginAsync(cancellationToken));
        var report = await call.AskAsync(assignment, cancellationToken);
        if (tape.HasBegun && report is not AgentReport.Unavailable && !call.Use.Exhausted
            && call.Last is { Process: ProcessResult.Exited { Truncated: false } ended } run)
        {
            await TryAsync(asked.Role, async () => Keep(new(asked, Clean(
                assignment, asked, new(
                    agent.Name, agent.Capabilities.ModelName, Catalog.Owns(agent) ? agent.Name : Cassette.PlainReader, ended.Code,
                    [.. ended.Output.Split('\n')], ended.Error, await tape.DiffAsync(cancellationToken), run.ReportFile)))));
        }

        return report;
    }

    /// <summary>What an agent does to its work tree may make it impossible to record it, and is no reason to refuse its work.</summary>
    private async Task TryAsync(string role, Func<Task> record)
    {
        try
        {
            await record();
        }
        catch (TapeException untold)
        {
            Unrecorded(role, agent.Name, untold.Message);
        }
    }

    private Recording Clean(Assignment assignment, AssignmentPrint before, Recording recording) =>
        Secrets.Of(layout.Model?.Token, agent.Invoke(assignment).Environment).Without(
            recording, layout.WorkTree, AssignmentPrint.Of(assignment, layout).Files.Except(before.Files).Select(file => file.Key));

    /// <summary>Whole or not at all: who replays meanwhile never sees half a file.</summary>
    private void Keep(Cassette cassette)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, cassette.FileName);
        var draft = $"{file}.{Path.GetFileName(layout.Session)}.new";
        File.WriteAllText(draft, CassetteJson.Write(cassette));
        File.Move(draft, file, overwrite: true);
        Recorded(cassette.Assignment.Role, agent.Name, file);
    }

    [LoggerMessage(LogLevel.Information, "{Role} by agent {Agent} was recorded as {File}")]
    private partial void Recorded(string role, string agent, string file);

    [LoggerMessage(LogLevel.Warning, "{Role} by agent {Agent} could not be recorded: {Reason}")]
    private partial void Unrecorded(string role, string agent, string reason);
}
