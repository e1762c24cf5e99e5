using Moss.CodingAgents;
using Moss.CodingAgents.Cassettes;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

public sealed class AssignmentPrintTests : IDisposable
{
    private static readonly Assignment Asked = new("0198.i1.implement.r1", Role.Implement, "Make x two.", "{}", TimeSpan.FromSeconds(7));

    private readonly TemporaryFolder folder = new();

    public AssignmentPrintTests() => Fill("tree");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_does_not_know_when_where_or_under_which_key()
    {
        Fill("elsewhere");
        Directory.SetLastWriteTimeUtc(folder.Combine("elsewhere"), DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(folder.Combine("elsewhere", "src", "a.py"), DateTime.UnixEpoch);

        Print(Asked with { Key = "another", Timeout = TimeSpan.FromHours(1) }, "elsewhere").Hash.ShouldBe(Print(Asked).Hash);
    }

    [Fact]
    public void It_changes_with_the_role_the_prompt_and_the_schema() =>
        new[] { Asked, Asked with { Role = Role.Plan }, Asked with { Prompt = "Make x three." }, Asked with { ReportSchema = "[]" } }
            .Select(assignment => Print(assignment).Hash).Distinct().Count().ShouldBe(4);

    [Fact]
    public void It_changes_with_each_file_that_the_agent_sees()
    {
        var hashes = new HashSet<string> { Print(Asked).Hash };

        folder.Write("tree/src/a.py", "x = 2\n");
        hashes.Add(Print(Asked).Hash).ShouldBeTrue();
        File.Move(folder.Combine("tree", "src", "a.py"), folder.Combine("tree", "src", "c.py"));
        hashes.Add(Print(Asked).Hash).ShouldBeTrue();
        folder.Write("tree/src/empty.py", "");
        hashes.Add(Print(Asked).Hash).ShouldBeTrue();
        folder.Write("session/task/scenarios/one.json", "{\"id\":\"other\"}");
        hashes.Add(Print(Asked).Hash).ShouldBeTrue();
    }

    [Fact]
    public void What_is_hidden_from_the_agent_and_who_it_is_are_not_in_it()
    {
        var print = Print(Asked);
        folder.Write("tree/scenarios/held-out.json", "{\"id\":\"changed\"}");
        folder.Write("tree/CLAUDE.md", "Changed.\n");
        folder.Write("tree/moss.yaml", "agents: { default: replay }\n");
        File.CreateSymbolicLink(folder.Combine("tree", "link"), "/etc/passwd");

        Print(Asked).Hash.ShouldBe(print.Hash);
        print.Files.Keys.ShouldBe(["src/a.py"]);
        print.Scenarios.Keys.ShouldBe(["one.json"]);
    }

    private void Fill(string tree)
    {
        folder.Write($"{tree}/moss.yaml", "name: desk\n");
        folder.Write($"{tree}/src/a.py", "x = 1\n");
        folder.Write($"{tree}/scenarios/held-out.json", "{}");
        folder.Write($"{tree}/CLAUDE.md", "Obey.\n");
        folder.Write("session/task/scenarios/one.json", "{\"id\":\"one\"}");
    }

    private AssignmentPrint Print(Assignment assignment, string tree = "tree") =>
        AssignmentPrint.Of(assignment, new(folder.Combine(tree), folder.Combine("session"), new(["scenarios"], ["CLAUDE.md"], [])));
}
