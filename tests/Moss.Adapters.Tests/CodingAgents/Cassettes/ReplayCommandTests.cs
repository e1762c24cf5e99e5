using Moss.AgentTools;
using Moss.AgentTools.Replay;
using Moss.CodingAgents.Cassettes;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

/// <summary>The program of the agent, outside a jail.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Change = "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\ndiff --git a/b.py b/b.py\nnew file mode 100644\n--- /dev/null\n+++ b/b.py\n@@ -0,0 +1 @@\n+new\n";

    private readonly TemporaryFolder folder = new();

    public ReplayCommandTests() => folder.Write("work/a.py", "x = 1\n");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_does_what_was_done()
    {
        var (code, output, error) = await PlayAsync(CassetteSamples.Done with { Diff = Change, ExitCode = 3, Events = ["a\r", "ünï", ""], Model = "m-1", Error = "no\n" });

        (code, error).ShouldBe((3, "no\n"));
        output.ShouldBe("{\"type\":\"moss.cassette\",\"agent\":\"script\",\"model\":\"m-1\",\"reader\":\"report\"}\na\r\nünï\n");
        Read("work/a.py").ShouldBe("x = 2\n");
        Read("work/b.py").ShouldBe("new\n");
        Read("out/report.json").ShouldBe("{\"subject\":\"s\"}");
    }

    [Fact]
    public async Task Without_a_change_or_a_report_there_is_none()
    {
        (await PlayAsync(CassetteSamples.Done with { Report = null })).Code.ShouldBe(0);

        Directory.Exists(folder.Combine("out")).ShouldBeFalse();
        Directory.GetFiles(folder.Combine("work")).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("-x = 7")]
    [InlineData("nonsense")]
    public async Task A_change_that_does_not_fit_is_not_begun(string line)
    {
        var (code, output, _) = await PlayAsync(CassetteSamples.Done with { Diff = Change.Replace("-x = 1", line, StringComparison.Ordinal) });

        code.ShouldBe(2);
        output.ShouldStartWith("{\"type\":\"moss.cassette\",\"refused\":\"the recorded change cannot be made again: git apply");
        Read("work/a.py").ShouldBe("x = 1\n");
        File.Exists(folder.Combine("work", "b.py")).ShouldBeFalse();
        Directory.Exists(folder.Combine("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_outside_the_work_tree_is_not_made()
    {
        const string escape = "diff --git a/../c.py b/../c.py\nnew file mode 100644\n--- /dev/null\n+++ b/../c.py\n@@ -0,0 +1 @@\n+new\n";

        (await PlayAsync(CassetteSamples.Done with { Diff = escape })).Code.ShouldBe(2);

        File.Exists(folder.Combine("c.py")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{}", "has no recording")]
    [InlineData("{\"recording\":{\"agent\":\"a\"}}", "has no recording")]
    [InlineData("no", "cannot be read")]
    [InlineData(null, "cannot be read")]
    public async Task A_file_that_is_no_cassette_is_refused(string? text, string problem)
    {
        if (text is not null)
        {
            folder.Write("cassette.json", text);
        }

        var (code, output, _) = await RunAsync("--cassette", folder.Combine("cassette.json"), "--work", folder.Combine("work"), "--out", folder.Combine("out"));

        code.ShouldBe(2);
        output.ShouldContain(problem);
    }

    [Theory]
    [InlineData("--cassette is missing", "--work", "w", "--out", "o")]
    [InlineData("--work is missing", "--cassette", "c", "--out", "o")]
    [InlineData("--out is missing", "--cassette", "c", "--work", "w")]
    [InlineData("unknown option --more", "--cassette", "c", "--work", "w", "--out", "o", "--more")]
    public async Task Wrong_usage_is_named(string problem, params string[] words)
    {
        var (code, output, error) = await RunAsync(words);

        (code, output).ShouldBe((2, ""));
        error.ShouldStartWith($"{problem}\nusage: replay");
    }

    private Task<(int Code, string Output, string Error)> PlayAsync(Moss.CodingAgents.Cassettes.Recording recording) => RunAsync(
        "--cassette", folder.Write("cassette.json", CassetteJson.Write(CassetteSamples.Whole with { Recording = recording })),
        "--work", folder.Combine("work"), "--out", folder.Combine("out"));

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await ReplayCommand.RunAsync(new Arguments(words), output, error, CancellationToken.None), output.ToString(), error.ToString());
    }

    private string Read(string file) => File.ReadAllText(folder.Combine(file));
}
