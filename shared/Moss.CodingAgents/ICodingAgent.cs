using System.Collections.Immutable;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.CodingAgents;

/// <summary>
/// An external program that reads or writes code. A provider is two pure functions and a few facts; running the program,
/// jailing it, timing it and looking at what it changed are Moss's.
/// </summary>
public interface ICodingAgent
{
    /// <summary>The word used in <c>moss.yaml</c>.</summary>
    string Name { get; }

    /// <summary>What the provider can do.</summary>
    AgentCapabilities Capabilities { get; }

    /// <summary>The command line for an assignment. Pure: nothing is started.</summary>
    ProcessInvocation Invoke(Assignment assignment);

    /// <summary>What the run means. Pure: the files that the agent wrote are passed in.</summary>
    AgentReport Read(Assignment assignment, AgentRun run);
}

/// <summary>Facts about a provider.</summary>
/// <param name="Edits">It can play Implement.</param>
/// <param name="NeedsNetwork">Its model is elsewhere.</param>
/// <param name="ReportsCost">Its report says what it cost.</param>
public sealed record AgentCapabilities(bool Edits, bool NeedsNetwork, bool ReportsCost)
{
    /// <summary>
    /// The folder in its HOME that holds its sessions, relative to it; with what lies there it can go on with one in another HOME. Null when it
    /// cannot.
    /// </summary>
    public string? Memory { get; init; }

    /// <summary>The model that it reaches through Moss's proxy, and then nothing else; null when it goes there by itself.</summary>
    public ModelAccess? Model { get; init; }

    /// <summary>Name of that model, as its server knows it; null when Moss does not know it.</summary>
    public string? ModelName { get; init; }

    /// <summary>Absolute path on the host of the cassettes that it plays instead of working; null for an agent that works.</summary>
    public string? Cassettes { get; init; }

    /// <summary>
    /// Where in its HOME its program looks for the login of a person, with which it goes to its model by itself; null when it does not.
    /// </summary>
    public string? Login { get; init; }

    /// <summary>
    /// Files of its settings in the HOME of each call, by path relative to it. They have no secrets: what it presents as its key is in
    /// its environment.
    /// </summary>
    public ImmutableSortedDictionary<string, string> HomeFiles { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>The roles that an agent can be asked to play.</summary>
public enum Role
{
    /// <summary>Find where the fault is.</summary>
    Locate,

    /// <summary>Say what to change.</summary>
    Plan,

    /// <summary>Approve or reject a plan.</summary>
    ReviewPlan,

    /// <summary>Change the code.</summary>
    Implement,

    /// <summary>Approve or reject a change.</summary>
    ReviewCode,

    /// <summary>Propose a verdict.</summary>
    ProposeVerdict,
}

/// <summary>
/// One piece of work for an agent. All paths are as seen from inside its jail, where the work tree is at
/// <see cref="WorkTree"/>, what it may read about its task at <see cref="TaskFolder"/> and its own output at
/// <see cref="OutFolder"/>.
/// </summary>
/// <param name="Key">Stage key as text.</param>
/// <param name="Role">What it is asked to be.</param>
/// <param name="Prompt">The whole instruction, evidence quoted as data.</param>
/// <param name="ReportSchema">JSON Schema of the report that it must give.</param>
/// <param name="Timeout">Wall clock.</param>
public sealed record Assignment(string Key, Role Role, string Prompt, string ReportSchema, TimeSpan Timeout)
{
    /// <summary>The source, writable for Implement alone. Scenarios and graders are hidden in it.</summary>
    public const string WorkTree = "/work";

    /// <summary>
    /// Read-only: <c>prompt.md</c>, <c>assignment.json</c> (see <see cref="AssignmentFile"/>) and <c>scenarios/</c> with the
    /// batch's scenarios only.
    /// </summary>
    public const string TaskFolder = "/moss/task";

    /// <summary>Writable: <c>report.json</c> is read from here when the agent does not print its report.</summary>
    public const string OutFolder = "/moss/out";

    /// <summary>Unix socket of the scenario runner, see <c>TryProtocol</c>.</summary>
    public const string TrySocket = "/moss/try.sock";

    /// <summary>True when the session may be gone on with later, and so must be written down.</summary>
    public bool KeepsSession { get; init; }

    /// <summary>The session to go on with; null for a new one.</summary>
    public string? Session { get; init; }

    /// <summary>True when the agent may change files.</summary>
    public bool MayEdit => Role == Role.Implement;
}

/// <summary>How the agent's program ended and what it left in its output folder.</summary>
/// <param name="Process">How it ended.</param>
/// <param name="ReportFile">Content of <c>report.json</c>; null when there is none.</param>
public sealed record AgentRun(ProcessResult Process, string? ReportFile);

/// <summary>What an agent gave back.</summary>
public abstract record AgentReport
{
    private AgentReport() { }

    /// <summary>What the call cost, as the provider says.</summary>
    public AgentCost Cost { get; init; } = AgentCost.Nothing;

    /// <summary>The session that it was, in the words of the provider; null where it has none.</summary>
    public string? Session { get; init; }

    /// <summary>It finished and gave a report, still to be checked against the role's schema.</summary>
    public sealed record Finished(string Json) : AgentReport;

    /// <summary>It ran, but what it gave cannot be used: the round failed.</summary>
    public sealed record Unusable(string Reason) : AgentReport;

    /// <summary>It could not run at all (missing, not logged in, its model is down): says nothing about the task.</summary>
    public sealed record Unavailable(string Reason) : AgentReport
    {
        /// <summary>How long its model wants to be left alone, when it says so.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}

/// <summary>What an agent call used.</summary>
/// <param name="Dollars">Money, 0 when free or unknown.</param>
/// <param name="TokensIn">Tokens read.</param>
/// <param name="TokensOut">Tokens written.</param>
/// <param name="Estimated">True when the money is Moss's estimate.</param>
public sealed record AgentCost(decimal Dollars, long TokensIn, long TokensOut, bool Estimated)
{
    /// <summary>A call that costs nothing.</summary>
    public static AgentCost Nothing { get; } = new(0, 0, 0, false);

    /// <summary>Both together; an estimate when a part of it is one.</summary>
    public AgentCost Plus(AgentCost other) => new(
        Dollars + other.Dollars, TokensIn + other.TokensIn, TokensOut + other.TokensOut, Estimated || other.Estimated);
}
