using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Moss.CodingAgents;
using Moss.CodingAgents.Command;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Search;
using Moss.CodingAgents.Sessions;
using Moss.Replays;
using Moss.Replays.Coverage;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.CodingAgents.Sessions;

/// <summary>Moss's own agent and <c>moss-try</c>, in their jail, with the scenario runner on the other end of the socket.</summary>
public sealed class SearchAgentTests : IDisposable
{
    private const string Program = """
        import json, os


        def total(items):
            result = 0
            for item in items:
                result = result - item
            return result


        scenario = json.load(open(os.environ['MOSS_SCENARIO']))
        json.dump({'total': total(scenario['input'])}, open(os.environ['MOSS_OUT'] + '/answer.json', 'w'))

        """;

    private readonly TemporaryFolder folder = new();
    private readonly SandboxFolders sandboxes;
    private readonly AgentSession session;

    public SearchAgentTests()
    {
        sandboxes = new SandboxFolders(folder.Combine("sandboxes"));
        var engine = SandboxRegistration.CreateEngine(sandboxes);
        session = new(engine, new TryServerHost(new SandboxReplayer(engine, sandboxes, new PythonCoverage())), new()
        {
            SessionsFolder = folder.Combine("agents"),
            AgentTools = Path.Combine(AppContext.BaseDirectory, "Moss.AgentTools.dll"),
        });
        folder.Write("tree/src/desk.py", Program);
        folder.Write("tree/scenarios/held-out.json", "{}");
    }

    public void Dispose()
    {
        sandboxes.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Search_finds_the_fault()
    {
        var outcome = await session.RunAsync(new SearchCodingAgent(), RoleCatalog.Locate, Case(Role.Locate), null, CancellationToken.None);

        outcome.ShouldBeOfType<RoleOutcome<LocateReport>.Reported>().Report.Files.ShouldContain(file => file.Path == "src/desk.py");
    }

    [Fact]
    public async Task Search_repairs_the_fault()
    {
        var outcome = await session.RunAsync(new SearchCodingAgent(), RoleCatalog.Implement, Case(Role.Implement), null, CancellationToken.None);

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Report.Subject.ShouldContain("desk.py");
        File.ReadAllText(folder.Combine("tree", "src", "desk.py")).ShouldContain("result + item");
    }

    [Fact]
    public async Task Every_agent_can_replay_the_batch_and_nothing_else()
    {
        var agent = new CommandCodingAgent("script", new(["sh", "-c", """
            moss-try > /moss/tmp/told; echo "exit $?" >> /moss/tmp/told
            moss-try held-out 2>> /moss/tmp/told; echo "exit $?" >> /moss/tmp/told
            python3 -c "import json; json.dump({'decision': 'reject', 'reason': open('/moss/tmp/told').read()}, open('/moss/out/report.json', 'w'))"
            """]));

        var outcome = await session.RunAsync(agent, RoleCatalog.ReviewCode, Case(Role.ReviewCode), null, CancellationToken.None);

        var told = outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.Reason.Split('\n');
        told.ShouldContain(line => line.Contains("three", StringComparison.Ordinal));
        told.ShouldContain(line => line.Contains("one", StringComparison.Ordinal));
        told.Where(line => line.StartsWith("exit", StringComparison.Ordinal)).ShouldBe(["exit 1", "exit 2"]);
    }

    private AgentTask Case(Role role)
    {
        var tree = folder.Combine("tree");
        var declaration = new SubstrateDeclaration("desk") { Trial = new(["python3", "src/desk.py"]) { Coverage = "python", Timeout = TimeSpan.FromSeconds(20) } };
        var substrate = new LoadedSubstrate(
            new("desk", tree), declaration, new CommitHash(new string('0', 40)), tree,
            [Scenario("held-out", [7], 7), Scenario("one", [10], 10), Scenario("three", [1, 2, 3], 6)]);
        ImmutableArray<string> batch = ["one", "three"];
        return new(
            new("0198.i1." + role, role.Word(), "desk", [.. batch.Select(id => new ScenarioBrief(id, id, "", 0))], ["src/desk.py"])
            {
                Coverage = "python",
                TimeoutSeconds = 120,
                Plan = """{"rootCause":"r","change":"c","files":["src/desk.py"]}""",
            },
            tree, JailMasks.Of(WorkTreeFiles.List(tree), "scenarios", _ => false), TimeSpan.FromSeconds(120))
        {
            ScenarioFiles = batch.ToImmutableSortedDictionary(id => id + ".json", id => Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""")),
            Try = new(substrate, tree, batch),
        };
    }

    private static Scenario Scenario(string id, int[] items, int total) =>
        new(id, id, new JsonArray([.. items.Select(item => (JsonNode)item)]), [new Grader.JsonPathEquals("total", "$.total", total)]);
}
