using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Providers;
using Moss.Processes;

namespace Moss.CodingAgents.Cassettes;

/// <summary>
/// Does again what another agent did with the same assignment, from a cassette: the same change, the same output, the same report, the
/// same exit code, read by the same rules. It asks no model and costs nothing.
/// </summary>
/// <param name="cassettes">Folder of the cassettes on the host, absolute.</param>
public sealed class ReplayCodingAgent(string cassettes) : ICodingAgent
{
    /// <summary>The word used in <c>moss.yaml</c>.</summary>
    public const string Word = "replay";

    /// <summary>The cassette of the call, which the host chose, as the jail sees it.</summary>
    public const string CassetteFile = Assignment.TaskFolder + "/cassette.json";

    /// <summary>As its program writes; the recorded output is longer by no more than a header.</summary>
    private const int MostOutput = 32 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public AgentCapabilities Capabilities { get; } = new(Edits: true, NeedsNetwork: false, ReportsCost: false) { Cassettes = cassettes };

    /// <inheritdoc/>
    public ProcessInvocation Invoke(Assignment assignment) => new(
        JailFolders.Dotnet + "/dotnet",
        [JailFolders.AgentTools, Word, "--cassette", CassetteFile, "--work", Assignment.WorkTree, "--out", Assignment.OutFolder])
    {
        WorkingDirectory = Assignment.WorkTree,
        Timeout = assignment.Timeout,
        OutputLimit = MostOutput,
    };

    /// <inheritdoc/>
    public AgentReport Read(Assignment assignment, AgentRun run) => run.Process switch
    {
        ProcessResult.Exited { Truncated: false } ended => CassetteHeader.Cut(ended.Output) switch
        {
            ({ Refused: { } reason }, _) => new AgentReport.Unavailable($"agent {Word}: {reason}"),
            ({ Agent: { } agent, Reader: { } reader }, var events) => Delegate(agent, reader, assignment, run with { Process = ended with { Output = events } }),
            _ => Broken($"did not begin (exit code {ended.Code}): {ended.Error.Trim()}"),
        },
        ProcessResult.Exited => Broken("printed more than is kept"),
        ProcessResult.NotStarted refused => Broken($"could not be started: {refused.Reason}"),
        _ => Broken("was stopped before it ended"),
    };

    private static AgentReport Delegate(string agent, string reader, Assignment assignment, AgentRun run) =>
        (reader == Cassette.PlainReader ? ReportRules.Read(agent, run)
            : Catalog.Create(reader) is { } provider ? provider.Read(assignment, run)
            : Broken($"has events that no provider reads: '{reader}'")) with { Cost = AgentCost.Nothing };

    private static AgentReport.Unavailable Broken(string how) => new($"agent {Word}: its program {how}");
}
