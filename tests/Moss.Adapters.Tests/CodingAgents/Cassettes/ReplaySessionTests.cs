using System.Collections.Immutable;
using System.Text;
using Moss.CodingAgents;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Command;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

/// <summary>Shell scripts recorded in one work tree and replayed in another, in the real jail.</summary>
public sealed class ReplaySessionTests : IDisposable
{
    private const string Approve = """echo '{"decision":"approve","reason":"it holds"}' > /moss/out/report.json""";

    private readonly TemporaryFolder shelf = new();
    private readonly AgentBench first = new();
    private readonly AgentBench second = new() { HasTools = true };

    public ReplaySessionTests() => first.RecordTo = shelf.Path;

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        shelf.Dispose();
    }

    [Fact]
    public async Task A_change_is_made_again_with_its_report()
    {
        first.Write("src/old.py", "gone\n");
        second.Write("src/old.py", "gone\n");
        first.Write("src/crlf.txt", "a\r\nb\r\n");
        second.Write("src/crlf.txt", "a\r\nb\r\n");
        first.Write(".gitattributes", "*.txt text eol=crlf\n");
        second.Write(".gitattributes", "*.txt text eol=crlf\n");

        var (recorded, replayed) = await BothAsync(RoleCatalog.Implement, """
            echo 'I change x.'; echo 'a warning' >&2
            echo 'x = 2' > src/a.py; rm src/old.py
            printf 'a\r\nc\n' > src/crlf.txt
            mkdir -p 'new folder'; printf 'no end' > "new folder/it's \"the\" ünï.py"; chmod +x "new folder/it's \"the\" ünï.py"
            printf 'caf\351\n' > src/latin.txt; printf '\000\001\377' > src/binary
            ln -s a.py src/link
            echo '{"subject":"Set x to two","body":"It was one."}' > /moss/out/report.json
            """);

        Reported(replayed).ShouldBe(Reported(recorded));
        Contents(second).ShouldBe(Contents(first));
        (File.GetUnixFileMode(Path.Combine(second.WorkTree, "new folder", "it's \"the\" ünï.py")) & UnixFileMode.UserExecute).ShouldBe(UnixFileMode.UserExecute);
        new FileInfo(Path.Combine(second.WorkTree, "src", "link")).LinkTarget.ShouldBe("a.py");
        (replayed.Use.Agent, replayed.Use.Cost).ShouldBe(("replay", AgentCost.Nothing));
    }

    [Fact]
    public async Task A_reading_role_is_replayed()
    {
        var (recorded, replayed) = await BothAsync(RoleCatalog.ReviewCode, Approve);

        Reported(replayed).ShouldBe(Reported(recorded));
        Kept().Recording.Diff.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_that_was_printed_is_printed_again()
    {
        var (recorded, replayed) = await BothAsync(RoleCatalog.ReviewCode, """printf 'I looked.\n```json\n{"decision":"reject","reason":"r"}\n```'""");

        Reported(replayed).ShouldBe(Reported(recorded));
        string.Join('\n', Kept().Recording.Events).ShouldBe("I looked.\n```json\n{\"decision\":\"reject\",\"reason\":\"r\"}\n```");
    }

    [Fact]
    public async Task A_failure_is_the_same_failure_again()
    {
        var (recorded, replayed) = await BothAsync(RoleCatalog.ReviewCode, Approve + "; echo no luck >&2; exit 3");

        Failed(replayed).ShouldBe("agent script ended with exit code 3: no luck");
        Failed(replayed).ShouldBe(Failed(recorded));
    }

    [Fact]
    public async Task A_repair_round_is_a_cassette_of_its_own()
    {
        var (recorded, replayed) = await BothAsync(RoleCatalog.Implement, """
            echo 'x = x + 1' >> src/a.py
            if grep -q 'could not be used' /moss/task/prompt.md
            then echo '{"subject":"Set x to two"}' > /moss/out/report.json
            else echo '{"subject":7}' > /moss/out/report.json
            fi
            """);

        Reported(replayed).ShouldBe(Reported(recorded));
        second.Read("src/a.py").ShouldBe("x = 1\nx = x + 1\nx = x + 1\n");
        Directory.GetFiles(shelf.Path).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Another_prompt_is_refused_and_named()
    {
        await RecordAsync(RoleCatalog.Locate, "exit 3");
        second.Evidence = [new("a complaint", "It is late.")];

        (await RefusedAsync(RoleCatalog.Locate)).ShouldContain("the prompt differs from line ");
    }

    [Fact]
    public async Task Another_file_is_refused_and_named_and_nothing_changes()
    {
        await RecordAsync(RoleCatalog.Implement, "echo 'x = 2' > src/a.py");
        second.Write("src/a.py", "x = 5\n");

        (await RefusedAsync(RoleCatalog.Implement)).ShouldContain("file src/a.py of the work tree differs");
        second.Read("src/a.py").ShouldBe("x = 5\n");
    }

    [Fact]
    public async Task Another_schema_is_refused_and_named()
    {
        await RecordAsync(RoleCatalog.ReviewCode, Approve);
        var kept = Kept();
        Keep(kept with { Assignment = kept.Assignment with { Schema = "{}" } });

        (await RefusedAsync(RoleCatalog.ReviewCode)).ShouldContain("the schema of the report differs from line 1: recorded '{}', now '{'");
    }

    [Fact]
    public async Task A_change_that_does_not_fit_is_refused_and_nothing_of_it_is_made()
    {
        await RecordAsync(RoleCatalog.Implement, "echo 'x = 2' > src/a.py; echo new > src/b.py");
        var kept = Kept();
        Keep(kept with { Recording = kept.Recording with { Diff = kept.Recording.Diff.Replace("-x = 1", "-x = 9", StringComparison.Ordinal) } });

        (await RefusedAsync(RoleCatalog.Implement)).ShouldContain("the recorded change cannot be made again: git apply");
        Contents(second).ShouldNotContain(file => file.StartsWith("src/b.py", StringComparison.Ordinal));
        second.Read("src/a.py").ShouldBe("x = 1\n");
    }

    [Fact]
    public async Task A_cassette_that_was_edited_is_refused_by_file_and_field()
    {
        await RecordAsync(RoleCatalog.ReviewCode, Approve);
        var file = Directory.GetFiles(shelf.Path).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("approve\\\"", "reject\\\"", StringComparison.Ordinal));

        var reason = await RefusedAsync(RoleCatalog.ReviewCode);

        reason.ShouldContain(file);
        reason.ShouldContain("recording.hash");
    }

    [Fact]
    public async Task What_was_stopped_or_not_whole_leaves_no_cassette()
    {
        first.Limits = first.Limits with { OutputBytes = 1000 };
        await RecordAsync(RoleCatalog.ReviewCode, "yes flood | head -c 5000; " + Approve);
        await RecordAsync(RoleCatalog.ReviewCode, "exit 127");
        first.Timeout = TimeSpan.FromSeconds(1);
        await RecordAsync(RoleCatalog.ReviewCode, Approve + "; sleep 1000");

        Directory.GetFiles(shelf.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_that_cannot_be_recorded_counts_all_the_same()
    {
        Reported(await RecordAsync(RoleCatalog.Implement, "echo 'x = 2' > src/a.py; mkdir .git; echo x > .git/HEAD")).ShouldBe(ImplementReport.None);

        Directory.GetFiles(shelf.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_replayed_is_not_recorded_again()
    {
        await RecordAsync(RoleCatalog.ReviewCode, Approve);
        second.RecordTo = shelf.Combine("again");

        await ReplayAsync(RoleCatalog.ReviewCode);

        Directory.Exists(second.RecordTo).ShouldBeFalse();
    }

    private async Task<(RoleOutcome<TReport> Recorded, RoleOutcome<TReport> Replayed)> BothAsync<TReport>(RoleSpec<TReport> role, string script)
        where TReport : class => (await RecordAsync(role, script), await ReplayAsync(role));

    private Task<RoleOutcome<TReport>> RecordAsync<TReport>(RoleSpec<TReport> role, string script)
        where TReport : class => first.RunAsync(role, new CommandCodingAgent("script", first.Settings with { Command = ["sh", "-c", script] }));

    private Task<RoleOutcome<TReport>> ReplayAsync<TReport>(RoleSpec<TReport> role)
        where TReport : class => second.RunAsync(role, new ReplayCodingAgent(shelf.Path));

    private async Task<string> RefusedAsync<TReport>(RoleSpec<TReport> role)
        where TReport : class => (await ReplayAsync(role)).ShouldBeOfType<RoleOutcome<TReport>.Unavailable>().Reason;

    private Cassette Kept() => CassetteJson.Read(File.ReadAllText(Directory.GetFiles(shelf.Path).Single())).ShouldBeOfType<CassetteReading.Good>().Cassette;

    /// <summary>In place of what was recorded.</summary>
    private void Keep(Cassette cassette) => File.WriteAllText(Directory.GetFiles(shelf.Path).Single(), CassetteJson.Write(cassette));

    private static ImmutableArray<string> Contents(AgentBench bench) =>
        [.. Directory.GetFiles(bench.WorkTree, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(bench.WorkTree, file)}: {Encoding.Latin1.GetString(File.ReadAllBytes(file))}")];

    private static TReport Reported<TReport>(RoleOutcome<TReport> outcome)
        where TReport : class => outcome.ShouldBeOfType<RoleOutcome<TReport>.Reported>().Report;

    private static string Failed<TReport>(RoleOutcome<TReport> outcome)
        where TReport : class => outcome.ShouldBeOfType<RoleOutcome<TReport>.Failed>().Reason;
}
