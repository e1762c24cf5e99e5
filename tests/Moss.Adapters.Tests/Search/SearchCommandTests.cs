using Moss.AgentTools;
using Moss.AgentTools.Roles;
using Moss.Testing;

namespace Moss.Adapters.Tests.Search;

public sealed class SearchCommandTests
{
    [Theory]
    [InlineData("", "--task is missing")]
    [InlineData("--task", "--task needs a value")]
    [InlineData("--task a --work b", "--out is missing")]
    [InlineData("--task a --work b --out c --at-once 0", "--at-once must be a number from 1 to 256")]
    [InlineData("--task a --work b --out c --fast", "unknown option --fast")]
    public async Task Wrong_usage_says_what_is_wrong(string words, string problem)
    {
        var (exit, error) = await RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        exit.ShouldBe(2);
        error.ShouldStartWith(problem);
        error.ShouldContain("usage: search");
    }

    [Theory]
    [InlineData("null", "must hold an object")]
    [InlineData("{", "assignment.json")]
    [InlineData("{}", "'role' is missing")]
    [InlineData("""{"role": "dance"}""", "'role' is 'dance'; it must be locate")]
    [InlineData("""{"role": "implement", "editableFiles": ["../outside.py"]}""", "'editableFiles' names '../outside.py'")]
    [InlineData("""{"role": "plan", "diagnosis": "[1]"}""", "'diagnosis' is not a report")]
    [InlineData("""{"role": "locate"}""", "no scenario runner answers at /nowhere.sock")]
    public async Task A_bad_assignment_names_the_field(string assignment, string problem)
    {
        using var folder = new TemporaryFolder();
        folder.Write("assignment.json", assignment);
        var (exit, error) = await RunAsync("--task", folder.Path, "--work", folder.Path, "--out", folder.Combine("out"), "--try", "/nowhere.sock");
        exit.ShouldBe(2);
        error.ShouldContain(problem);
        Directory.Exists(folder.Combine("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_missing_assignment_is_named()
    {
        var (exit, error) = await RunAsync("--task", "/nowhere", "--work", "/", "--out", "/nowhere");
        exit.ShouldBe(2);
        error.ShouldStartWith("/nowhere/assignment.json cannot be read");
    }

    private static async Task<(int Exit, string Error)> RunAsync(params string[] words)
    {
        var error = new StringWriter();
        var exit = await SearchCommand.RunAsync(new Arguments(words), TimeProvider.System, TextWriter.Null, error, CancellationToken.None);
        return (exit, error.ToString());
    }
}
