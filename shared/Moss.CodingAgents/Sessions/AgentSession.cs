using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Memories;
using Moss.CodingAgents.Prompts;
using Moss.CodingAgents.Roles;
using Moss.ModelProxy;
using Moss.Sandboxes;

namespace Moss.CodingAgents.Sessions;

/// <summary>Asks an agent to play a role, once, with one more try when its report is malformed.</summary>
public sealed class AgentSession(
    ISandboxEngine sandboxes, ITryHost tryHost, AgentSessionOptions options, IModelProxy? models = null, ILogger<AgentSession>? log = null)
{
    private readonly CallDesk calls = new(options.RecordTo, log ?? NullLogger<AgentSession>.Instance);
    private readonly string? dotnet = options.Dotnet ?? DotnetFolder.Find(Environment.GetEnvironmentVariable("DOTNET_ROOT"));

    /// <summary>Runs to the end; never throws for anything that the agent does.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="role">As what.</param>
    /// <param name="task">On what.</param>
    /// <param name="check">Problems of a well-formed report that only the caller can see; each names its field.</param>
    /// <param name="cancellationToken">Stops the agent; its folder is removed first, then the exception is thrown.</param>
    public async Task<RoleOutcome<TReport>> RunAsync<TReport>(
        ICodingAgent agent, RoleSpec<TReport> role, AgentTask task, Func<TReport, IEnumerable<string>>? check, CancellationToken cancellationToken)
        where TReport : class
    {
        using var folder = SessionFolder.Create(options.SessionsFolder, task.Facts.Key);
        folder.WriteTask(task.Facts, role.Schema, task.ScenarioFiles);
        folder.WriteHome(agent.Capabilities.HomeFiles);
        if (agent.Capabilities.Login is { } place && folder.LendLogin(place, options.Logins[agent.Name]) is { } trouble)
        {
            return new RoleOutcome<TReport>.Unavailable($"agent {agent.Name}: {trouble}") { Use = new(agent.Name, AgentCost.Nothing, TimeSpan.Zero) };
        }

        var recollection = Recollection.Of(agent, role.Role, task.Memory, isRecorded: options.RecordTo is not null);
        folder.WriteHome(recollection.Earlier?.Files);
        await using var runner = task.Try is { } scope ? await tryHost.ListenAsync(scope, folder.SocketPath, cancellationToken) : null;
        var opening = await ModelDoor.OpenAsync(models, agent, task, folder.ModelSocketPath, cancellationToken);
        if (opening is ModelOpening.Unavailable shut)
        {
            return new RoleOutcome<TReport>.Unavailable($"agent {agent.Name}: {shut.Reason}") { Use = new(agent.Name, AgentCost.Nothing, TimeSpan.Zero) };
        }

        await using var model = (opening as ModelOpening.Opened)?.Lease;
        var layout = Layout(folder, task) with { Model = ModelDoor.Map(model, agent) };
        if (layout is { TrySocket: not null, Tools: not null, Dotnet: not null })
        {
            folder.WriteTryCommand();
        }

        var call = calls.Around(
            new AgentCall(agent, role.Version, new WatchedRun(sandboxes, model, options.OutagePatience), folder, layout, new CallMoney(model, models)), agent, folder, layout);
        var prompt = RolePrompt.Write(role.Template, role.Schema, task.Facts, task.Evidence, options.Prompts);
        var report = recollection.Earlier is { } earlier
            ? await AskAsync(RolePrompt.Write(RoleResources.Again, role.Schema, task.Facts, [], options.Prompts), earlier.Session)
            : await AskAsync(prompt);
        if (recollection.Earlier is not null && report is AgentReport.Unusable && call.Use.Cost == AgentCost.Nothing)
        {
            // It never came to ask its model: it cannot find its way back into the session.
            report = await AskAsync(prompt);
        }

        var given = Judge(report, role, check);
        if (given is RoleTry<TReport>.Repairable repairable && !call.Use.Exhausted)
        {
            report = await AskAsync(RolePrompt.Repair(prompt, repairable.Problems));
            given = Judge(report, role, check);
        }

        return Outcome(given, call.Use, () => recollection.Take(agent.Name, report.Session, folder.HomePath));

        Task<AgentReport> AskAsync(string text, string? session = null) => call.AskAsync(
            new Assignment(task.Facts.Key, role.Role, text, role.Schema, task.Timeout) { KeepsSession = recollection.Keeps, Session = session },
            cancellationToken);
    }

    /// <summary>Throws away what killed runs left. Only for when nothing runs.</summary>
    public int Sweep() => SessionFolder.Sweep(options.SessionsFolder);

    private static RoleTry<TReport> Judge<TReport>(AgentReport report, RoleSpec<TReport> role, Func<TReport, IEnumerable<string>>? check)
        where TReport : class
    {
        switch (report)
        {
            case AgentReport.Unavailable unavailable:
                return new RoleTry<TReport>.Unavailable(unavailable.Reason, unavailable.RetryAfter);
            case AgentReport.Unusable unusable:
                return new RoleTry<TReport>.Unusable(unusable.Reason);
            case AgentReport.Finished { Json: var json } when role.WhenMissing is { } none && string.IsNullOrWhiteSpace(json):
                return new RoleTry<TReport>.Good(none, "{}");
            case AgentReport.Finished { Json: var json }:
                return role.Parse(json) switch
                {
                    ReportCheck<TReport>.Malformed malformed => new RoleTry<TReport>.Repairable(malformed.Problems),
                    ReportCheck<TReport>.Good good when check?.Invoke(good.Report).ToImmutableArray() is { IsEmpty: false } problems =>
                        new RoleTry<TReport>.Repairable(problems),
                    ReportCheck<TReport>.Good good => new RoleTry<TReport>.Good(good.Report, json),
                    var other => throw new InvalidOperationException($"a report cannot be {other}"),
                };
            default:
                throw new InvalidOperationException($"an agent cannot report {report}");
        }
    }

    private static RoleOutcome<TReport> Outcome<TReport>(RoleTry<TReport> result, AgentUse use, Func<AgentMemory?> remember)
        where TReport : class => result switch
        {
            RoleTry<TReport>.Good good => new RoleOutcome<TReport>.Reported(good.Report, good.Json) { Use = use, Memory = remember() },
            RoleTry<TReport>.Repairable malformed => new RoleOutcome<TReport>.Failed(
                $"the report of agent {use.Agent} cannot be used: {string.Join("; ", malformed.Problems)}") { Use = use },
            RoleTry<TReport>.Unusable unusable => new RoleOutcome<TReport>.Failed(unusable.Reason) { Use = use },
            RoleTry<TReport>.Unavailable unavailable => new RoleOutcome<TReport>.Unavailable(unavailable.Reason) { Use = use, RetryAfter = unavailable.RetryAfter },
            _ => throw new InvalidOperationException($"a report cannot be {result}"),
        };

    private JailLayout Layout(SessionFolder folder, AgentTask task) => new(task.WorkTree, folder.Path, task.Masks)
    {
        TrySocket = task.Try is null ? null : folder.SocketPath,
        Tools = options.AgentTools is { } tools && File.Exists(tools) ? Path.GetDirectoryName(tools) : null,
        Dotnet = dotnet,
        ToolFolders = options.ToolFolders,
        Limits = options.Limits,
    };
}
