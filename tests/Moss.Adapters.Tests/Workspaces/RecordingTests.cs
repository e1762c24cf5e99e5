using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class RecordingTests : WorkspaceTest
{
    private const string Branch = "moss/audit";

    [Fact]
    public async Task A_record_begins_a_history_of_its_own_in_the_source_and_touches_no_work_tree()
    {
        Source.Write("src/app.py", "uncommitted\n");

        var commit = await RecordAsync(("audit/one.json", "1\n"));

        Source.Git("rev-parse", Branch).ShouldBe(commit.Value);
        Source.Git("log", "--format=%an <%ae> %at %s", Branch).ShouldBe($"Moss <moss@localhost> {Time.ToUnixTimeSeconds()} Record it");
        Source.Git("ls-tree", "-r", "--name-only", Branch).ShouldBe("audit/one.json");
        Source.Show(Branch, "audit/one.json").ShouldBe("1");
        Source.Git("status", "--porcelain").ShouldBe(" M src/app.py");
        Source.Git("symbolic-ref", "HEAD").ShouldBe("refs/heads/main");
    }

    [Fact]
    public async Task What_a_record_does_not_name_stays()
    {
        var first = await RecordAsync(("audit/one.json", "1\n"), ("README.md", "# Audit\n"));

        await RecordAsync(("audit/two.json", "2\n"), ("README.md", "# Audits\n"));

        Source.Git("ls-tree", "-r", "--name-only", Branch).Split('\n').ShouldBe(["README.md", "audit/one.json", "audit/two.json"]);
        Source.Show(Branch, "README.md").ShouldBe("# Audits");
        Source.Git("rev-parse", Branch + "^").ShouldBe(first.Value);
    }

    [Fact]
    public async Task The_same_content_makes_no_commit_in_any_process()
    {
        var first = await RecordAsync(("audit/one.json", "1\n"));

        (await RecordAsync(("audit/one.json", "1\n"))).ShouldBe(first);
        (await Create().RecordAsync(Source.Path, Branch, [new("audit/one.json", "1\n")], Message("Again"), Time.AddDays(1), None)).ShouldBe(first);

        Source.Git("rev-list", "--count", Branch).ShouldBe("1");
    }

    [Fact]
    public async Task A_record_is_finished_by_whoever_comes_after_one_that_was_killed_before_the_mirror_knew()
    {
        var first = await RecordAsync(("audit/one.json", "1\n"));
        await RecordAsync(("audit/two.json", "2\n"));
        Mirror("update-ref", $"refs/heads/{Branch}", first.Value);

        await RecordAsync(("audit/two.json", "2\n"));

        Source.Git("rev-list", "--count", Branch).ShouldBe("2");
        Mirror("rev-parse", $"refs/heads/{Branch}").ShouldBe(Source.Git("rev-parse", Branch));
    }

    [Fact]
    public async Task An_end_that_the_source_has_lost_is_put_back()
    {
        var first = await RecordAsync(("audit/one.json", "1\n"));
        var second = await RecordAsync(("audit/two.json", "2\n"));
        Source.Git("update-ref", "refs/heads/" + Branch, first.Value);

        (await RecordAsync(("audit/one.json", "1\n"))).ShouldBe(second);
        Source.Git("rev-parse", Branch).ShouldBe(second.Value);

        Source.Git("branch", "--delete", "--force", Branch);
        await RecordAsync(("audit/three.json", "3\n"));
        Source.Git("rev-list", "--count", Branch).ShouldBe("3");
    }

    [Fact]
    public async Task What_a_person_commits_to_the_branch_is_built_upon()
    {
        await RecordAsync(("audit/one.json", "1\n"));
        Source.Git("checkout", "--quiet", Branch);
        var theirs = Source.Commit("A note", ("NOTE.md", "seen\n"));
        Source.Git("checkout", "--quiet", "main");

        await RecordAsync(("audit/two.json", "2\n"));

        Source.Git("rev-parse", Branch + "^").ShouldBe(theirs);
        Source.Show(Branch, "NOTE.md").ShouldBe("seen");
    }

    [Fact]
    public async Task Two_processes_that_record_at_once_both_find_their_files_there()
    {
        using var elsewhere = new TemporaryFolder();
        var other = new GitWorkspaces(new WorkspaceSettings(elsewhere.Path), Runner, TimeProvider.System);

        await Task.WhenAll(
            RecordAsync(("audit/here.json", "1\n")),
            other.RecordAsync(Source.Path, Branch, [new("audit/there.json", "2\n")], Message(), Time, None),
            Create().RecordAsync(Source.Path, Branch, [new("audit/also.json", "3\n")], Message(), Time, None));

        Source.Git("ls-tree", "-r", "--name-only", Branch).Split('\n').ShouldBe(["audit/also.json", "audit/here.json", "audit/there.json"]);
    }

    [Fact]
    public async Task A_history_that_was_written_anew_is_refused_and_left_alone()
    {
        await RecordAsync(("audit/one.json", "1\n"));
        Source.Git("update-ref", "refs/heads/" + Branch, Source.Head);

        (await RefusalOf(() => RecordAsync(("audit/two.json", "2\n")))).ShouldContain("does not build on");

        Source.Git("rev-parse", Branch).ShouldBe(Source.Head);
    }

    [Fact]
    public async Task A_branch_that_is_checked_out_is_not_disturbed()
    {
        await RecordAsync(("audit/one.json", "1\n"));
        Source.Git("checkout", "--quiet", Branch);

        (await RefusalOf(() => RecordAsync(("audit/two.json", "2\n")))).ShouldContain("checked out");

        Source.Git("status", "--porcelain").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bare_source_takes_records_too()
    {
        using var folder = new TemporaryFolder();
        var bare = folder.Combine("bare.git");
        Source.Git("clone", "--quiet", "--bare", Source.Path, bare);

        var commit = await Git.RecordAsync(bare, Branch, [new("audit/one.json", "1\n")], Message(), Time, None);

        Source.Git("--git-dir", bare, "rev-parse", Branch).ShouldBe(commit.Value);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("moss/../main")]
    [InlineData("moss/x:refs/heads/main")]
    public async Task Any_other_branch_is_refused(string branch) =>
        (await RefusalOf(() => Git.RecordAsync(Source.Path, branch, [new("a", "b")], Message(), Time, None))).ShouldContain("moss/… branches alone");

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/.git/config")]
    [InlineData("")]
    public async Task A_path_that_leaves_its_folder_is_a_bug_of_the_caller(string path) =>
        await Should.ThrowAsync<ArgumentException>(() => Git.RecordAsync(Source.Path, Branch, [new(path, "b")], Message(), Time, None));

    [Fact]
    public async Task A_source_that_is_gone_is_told()
    {
        using var folder = new TemporaryFolder();

        (await RefusalOf(() => Git.RecordAsync(folder.Combine("gone"), Branch, [new("a", "b")], Message(), Time, None))).ShouldContain("is not there");
    }

    [Fact]
    public async Task Nothing_is_left_of_the_work_in_the_data_folder()
    {
        await RecordAsync(("audit/one.json", "1\n"));

        Directory.EnumerateFileSystemEntries(Data.Combine("mirrors", "home")).Where(entry => entry.Contains("record-", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Branches_of_Moss_are_named_after_those_of_people()
    {
        Source.Branch("trunk");
        Source.Git("branch", "--delete", "--force", "main");
        await RecordAsync(("audit/one.json", "1\n"));

        (await Git.InspectAsync(Source.Path, None)).Branches.ShouldBe(["trunk", Branch]);
    }

    private Task<CommitHash> RecordAsync(params (string Path, string Text)[] files) =>
        Git.RecordAsync(Source.Path, Branch, [.. files.Select(file => new RecordFile(file.Path, file.Text))], Message("Record it"), Time, None);

    private string Mirror(params string[] arguments) =>
        Source.Git(["--git-dir", Directory.EnumerateDirectories(Data.Combine("mirrors"), "*.git").Single(), .. arguments]);
}
