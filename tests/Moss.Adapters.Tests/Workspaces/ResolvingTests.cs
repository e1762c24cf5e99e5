using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class ResolvingTests : WorkspaceTest
{
    [Fact]
    public async Task A_branch_is_the_commit_it_points_to_now()
    {
        (await MainAsync()).Value.ShouldBe(Source.Head);

        var second = Source.Commit("Second", ("a.txt", "a"));

        (await MainAsync()).Value.ShouldBe(second);
    }

    [Fact]
    public async Task Tags_hashes_and_full_branch_names_resolve_too()
    {
        var first = Source.Head;
        Source.Git("tag", "--annotate", "v1", "--message", "one");
        Source.Commit("Second", ("a.txt", "a"));

        (await Git.ResolveAsync(Source.Path, "v1", None)).Value.ShouldBe(first);
        (await Git.ResolveAsync(Source.Path, first, None)).Value.ShouldBe(first);
        (await Git.ResolveAsync(Source.Path, first[..10], None)).Value.ShouldBe(first);
        (await Git.ResolveAsync(Source.Path, "refs/heads/main", None)).Value.ShouldBe(Source.Head);
    }

    [Fact]
    public async Task Head_is_what_the_source_has_checked_out()
    {
        Source.Branch("feature");
        Source.Commit("On a branch", ("a.txt", "a"));
        (await Git.ResolveAsync(Source.Path, "HEAD", None)).Value.ShouldBe(Source.Head);

        Source.Git("checkout", "--quiet", "--detach", "main");
        (await Git.ResolveAsync(Source.Path, "HEAD", None)).Value.ShouldBe(Source.Head);
    }

    [Fact]
    public async Task A_head_that_is_on_no_branch_at_all_is_refused_with_the_branches()
    {
        Source.Git("checkout", "--quiet", "--detach", "main");
        Source.Commit("On no branch", ("a.txt", "a"));

        (await RefusalOf(() => Git.ResolveAsync(Source.Path, "HEAD", None))).ShouldContain("Its branches: main");
    }

    [Fact]
    public async Task A_branch_that_was_deleted_in_the_source_is_unknown()
    {
        Source.Branch("feature");
        Source.Git("checkout", "--quiet", "main");
        await Git.ResolveAsync(Source.Path, "feature", None);
        Source.Git("branch", "--quiet", "-D", "feature");

        (await RefusalOf(() => Git.ResolveAsync(Source.Path, "feature", None))).ShouldContain("no branch, tag or commit 'feature'");
    }

    [Fact]
    public async Task A_branch_whose_history_was_rewritten_resolves_to_the_new_history_and_the_old_commit_stays_readable()
    {
        var old = new CommitHash(Source.Commit("Second", ("a.txt", "old")));
        await MainAsync();
        Source.Git("reset", "--quiet", "--hard", "HEAD~1");
        var rewritten = Source.Commit("Other second", ("a.txt", "new"));

        (await MainAsync()).Value.ShouldBe(rewritten);
        (await ReadAsync(old, "a.txt")).ShouldBe("old");
    }

    [Fact]
    public async Task An_unknown_reference_is_answered_with_the_branches_that_exist()
    {
        Source.Branch("release");

        var refusal = await RefusalOf(() => Git.ResolveAsync(Source.Path, "mian", None));

        refusal.ShouldContain("'mian'");
        refusal.ShouldContain("main, release");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("main^{tree}")]
    [InlineData("a..b")]
    [InlineData("main\nother")]
    [InlineData(":/Start")]
    public async Task What_cannot_be_a_reference_never_reaches_git(string reference) =>
        (await RefusalOf(() => Git.ResolveAsync(Source.Path, reference, None))).ShouldContain("cannot name a branch");

    [Fact]
    public async Task A_commit_that_is_not_there_is_refused_with_its_hash()
    {
        var nowhere = new CommitHash(new string('a', 40));

        (await RefusalOf(() => Git.TreeOfAsync(Source.Path, nowhere, None))).ShouldContain(nowhere.Value);
    }

    [Fact]
    public async Task Equal_content_is_the_same_tree_whatever_the_history()
    {
        var first = await MainAsync();
        Source.Commit("Add", ("a.txt", "a"));
        Source.Git("rm", "--quiet", "a.txt");
        var third = new CommitHash(Source.Commit("Remove"));

        third.ShouldNotBe(first);
        (await Git.TreeOfAsync(Source.Path, third, None)).ShouldBe(await Git.TreeOfAsync(Source.Path, first, None));
    }

    [Fact]
    public async Task A_shallow_clone_is_a_source_like_any_other()
    {
        Source.Commit("Second", ("a.txt", "a"));
        using var clones = new TemporaryFolder();
        var shallow = clones.Combine("shallow");
        Source.Git("clone", "--quiet", "--depth=1", "file://" + Source.Path, shallow);

        var commit = await Git.ResolveAsync(shallow, "main", None);

        (await Git.ListFilesAsync(shallow, commit, None)).ShouldContain("a.txt");
    }

    [Fact]
    public async Task Eight_first_fetches_at_once_by_two_processes_agree()
    {
        var other = Create();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn =>
            (turn % 2 == 0 ? Git : other).ResolveAsync(Source.Path, "main", None)));

        answers.Distinct().ShouldHaveSingleItem().Value.ShouldBe(Source.Head);
    }
}
