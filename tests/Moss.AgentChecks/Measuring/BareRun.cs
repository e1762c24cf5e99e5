using System.Collections.Immutable;
using Moss.AgentChecks.Benches;
using Moss.AgentChecks.Checks;
using Moss.CodingAgents;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Prompts;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Processes;
using Moss.Testing.Models;
using Moss.Testing.Models.Scripts;

namespace Moss.AgentChecks.Measuring;

/// <summary>The agent's program with the arguments, the environment and the prompt of a call, on the host itself: no jail, no proxy, the model at once.</summary>
internal sealed class BareRun(AgentSubject subject, AgentBench bench, StubModel model)
{
    private readonly ProcessRunner runner = new(ProcessLauncher.Shared, TimeProvider.System);

    /// <summary>Wall clock of the program alone.</summary>
    /// <exception cref="ShouldAssertException">It did not do what it does in a jail.</exception>
    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var task = bench.Task(Role.Implement);
        var role = RoleCatalog.Implement;
        using var session = SessionFolder.Create(bench.SessionsFolder, task.Facts.Key);
        var dotnet = DotnetFolder.Find(Environment.GetEnvironmentVariable("DOTNET_ROOT")) ?? throw new InvalidOperationException("set DOTNET_ROOT: dotnet is not there");
        var places = new BarePlaces(bench.WorkTree, session.Path, dotnet, Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), model.Address);
        var assignment = new Assignment(task.Facts.Key, role.Role, RolePrompt.Write(role.Template, role.Schema, task.Facts, [], bench.Prompts), role.Schema, bench.Timeout);
        session.WriteTask(task.Facts, role.Schema, task.ScenarioFiles);
        session.WriteHome(subject.Agent.Capabilities.HomeFiles.ToImmutableSortedDictionary(file => file.Key, file => places.Outside(file.Value)));
        session.WritePrompt(places.Outside(assignment.Prompt));

        var file = Path.Combine(bench.WorkTree, CheckRoom.File);
        model.Answer = ScriptedModel.Plays(ModelScript.Of(new ModelTurn.Read(file), CheckRoom.Edit(file), CheckRoom.Done));
        var result = await runner.RunAsync(Invocation(assignment, places, dotnet), cancellationToken);

        subject.Agent.Read(assignment, new AgentRun(result, session.ReadReport())).ShouldBeOfType<AgentReport.Finished>(result.Error);
        bench.Read(CheckRoom.File).ShouldBe("x = 2\n");
        return result.Duration;
    }

    /// <summary>What the jail would run, without what makes it one.</summary>
    private ProcessInvocation Invocation(Assignment assignment, BarePlaces places, string dotnet)
    {
        var told = subject.Agent.Capabilities.Model!;
        var basePath = subject.Protocol.StartsWith("openai", StringComparison.Ordinal) ? "/v1" : "";
        var layout = new JailLayout(bench.WorkTree, places.Session, bench.Task(assignment.Role).Masks)
        {
            Model = new("", "sk-of-nobody", basePath, told), Tools = places.Tools, Dotnet = dotnet, ToolFolders = subject.ToolFolders,
        };
        var jailed = AgentJail.Map(subject.Agent.Invoke(assignment), assignment, subject.Agent.Capabilities, layout);
        var command = jailed.Command[JailModel.Bridge.Length..].Select(places.Outside).ToList();
        var environment = jailed.Environment.ToImmutableSortedDictionary(variable => variable.Key, variable => places.Outside(variable.Value), StringComparer.Ordinal);
        return new(ProgramPath.Find(command[0], environment["PATH"]) ?? command[0], [.. command.Skip(1)])
        {
            WorkingDirectory = places.Outside(jailed.WorkingDirectory), Environment = environment, StandardInput = places.Outside(jailed.StandardInput),
            Timeout = assignment.Timeout, OutputLimit = jailed.Limits.OutputBytes,
        };
    }
}
