using Moss.AgentChecks.Benches;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Testing.Models.Scripts;

namespace Moss.AgentChecks.Checks;

/// <summary>Where a check takes place: the agent's own program in the real jail, behind the real proxy, with a scripted model behind that.</summary>
internal sealed class CheckRoom : IAsyncDisposable
{
    /// <summary>The file that is edited: <c>x = 1</c>.</summary>
    public const string File = "src/a.py";

    /// <summary>How an author ends.</summary>
    public static readonly ModelTurn Done = new ModelTurn.Say("Done.\n\n```json\n{\"subject\":\"Count from two\"}\n```");

    /// <summary>How a reviewer ends.</summary>
    public static readonly ModelTurn Approve = new ModelTurn.Report("""{"decision":"approve","reason":"It holds."}""");

    private CheckRoom(AgentSubject subject, ProxyBench proxy)
    {
        (Subject, Proxy) = (subject, proxy);
        Bench = AnotherBench();
    }

    public AgentSubject Subject { get; }

    public ProxyBench Proxy { get; }

    public AgentBench Bench { get; }

    public static async Task<CheckRoom> OpenAsync(AgentSubject subject) => new(
        subject,
        await ProxyBench.StartAsync(subject.Protocol, ("Moss:Models:stub:Silence", "00:00:04"), ("Moss:Models:stub:LongestAnswer", "300000")));

    /// <summary>One more work tree, before the same model.</summary>
    public AgentBench AnotherBench() => new()
    {
        Models = Proxy.Proxy,
        ToolFolders = Subject.ToolFolders,
        OutagePatience = TimeSpan.FromSeconds(2),
        Timeout = TimeSpan.FromSeconds(120),
    };

    /// <summary>What the model does from now on.</summary>
    public void Script(params ModelTurn[] turns) => Script(ModelScript.Of(turns));

    /// <inheritdoc cref="Script(ModelTurn[])"/>
    public void Script(ModelScript script) => Proxy.Model.Answer = ScriptedModel.Plays(script);

    /// <summary>Has the model read a file and then edit it.</summary>
    public void ScriptEdit(string file, ModelTurn last) => Script(new ModelTurn.Read("/work/" + file), Edit("/work/" + file), last);

    public Task<RoleOutcome<TReport>> RunAsync<TReport>(RoleSpec<TReport> role, AgentBench? bench = null)
        where TReport : class => (bench ?? Bench).RunAsync(role, Subject.Agent);

    public static ModelTurn.Edit Edit(string path) => new(path, "x = 1", "1", "2");

    public async ValueTask DisposeAsync()
    {
        Bench.Dispose();
        await Proxy.DisposeAsync();
    }
}
