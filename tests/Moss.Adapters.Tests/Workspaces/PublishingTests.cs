using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class PublishingTests : WorkspaceTest
{
    [Fact]
    public async Task A_published_branch_is_in_the_source_and_its_work_tree_is_not_touched()
    {
        Source.Write("src/app.py", "uncommitted\n");
        Source.Write("new.txt", "untracked\n");
        var commit = await ChangeAsync("a\n");

        await Git.PublishAsync(Source.Path, "moss/evolution-1", commit, None);

        Source.Git("rev-parse", "moss/evolution-1").ShouldBe(commit.Value);
        Source.Git("symbolic-ref", "HEAD").ShouldBe("refs/heads/main");
        Source.Git("status", "--porcelain").ShouldBe(" M src/app.py\n?? new.txt");
        (await Git.ResolveAsync(Source.Path, "moss/evolution-1", None)).ShouldBe(commit);
    }

    [Fact]
    public async Task Publishing_again_changes_nothing()
    {
        var commit = await ChangeAsync("a\n");

        await Git.PublishAsync(Source.Path, "moss/evolved", commit, None);
        await Create().PublishAsync(Source.Path, "moss/evolved", commit, None);

        Source.Git("rev-parse", "moss/evolved").ShouldBe(commit.Value);
    }

    [Fact]
    public async Task Publishing_finishes_what_a_killed_run_began()
    {
        var commit = await ChangeAsync("a\n");
        await Git.PublishAsync(Source.Path, "moss/evolved", commit, None);
        Source.Git("update-ref", "-d", "refs/heads/moss/evolved");

        await Git.PublishAsync(Source.Path, "moss/evolved", commit, None);

        Source.Git("rev-parse", "moss/evolved").ShouldBe(commit.Value);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("mossy/x")]
    [InlineData("moss/")]
    [InlineData("moss/../main")]
    [InlineData("moss/a b")]
    [InlineData("moss/x:refs/heads/main")]
    [InlineData("refs/heads/moss/x")]
    public async Task Any_other_branch_is_refused(string branch)
    {
        var commit = await ChangeAsync("a\n");

        (await RefusalOf(() => Git.PublishAsync(Source.Path, branch, commit, None))).ShouldContain("moss/… branches alone");
        Source.Git("for-each-ref", "--format=%(refname)").ShouldBe("refs/heads/main");
    }

    [Fact]
    public async Task An_evolution_may_move_its_branch_off_its_history()
    {
        await Git.PublishAsync(Source.Path, "moss/evolution-1", await ChangeAsync("a\n"), None);
        var second = await ChangeAsync("b\n");

        await Git.PublishAsync(Source.Path, "moss/evolution-1", second, None);

        Source.Git("rev-parse", "moss/evolution-1").ShouldBe(second.Value);
    }

    [Fact]
    public async Task It_may_also_where_several_users_share_the_repository()
    {
        Source.Git("init", "--quiet", "--shared=0666");
        Source.Git("config", "receive.denyNonFastForwards").ShouldBe("true");
        await Git.PublishAsync(Source.Path, "moss/evolution-1", await ChangeAsync("a\n"), None);
        var second = await ChangeAsync("b\n");

        await Git.PublishAsync(Source.Path, "moss/evolution-1", second, None);

        Source.Git("rev-parse", "moss/evolution-1").ShouldBe(second.Value);
    }

    [Fact]
    public async Task The_evolved_branch_goes_forward_only()
    {
        var first = await ChangeAsync("a\n");
        await Git.PublishAsync(Source.Path, "moss/evolved", first, None);
        var sibling = await ChangeAsync("b\n");

        (await RefusalOf(() => Git.PublishAsync(Source.Path, "moss/evolved", sibling, None))).ShouldContain("does not build on");

        Source.Git("rev-parse", "moss/evolved").ShouldBe(first.Value);
        var next = await ChangeAsync("c\n", first);
        await Git.PublishAsync(Source.Path, "moss/evolved", next, None);
        Source.Git("rev-parse", "moss/evolved").ShouldBe(next.Value);
    }

    [Fact]
    public async Task A_person_who_moved_the_evolved_branch_on_is_not_overruled()
    {
        var first = await ChangeAsync("a\n");
        await Git.PublishAsync(Source.Path, "moss/evolved", first, None);
        Source.Git("checkout", "--quiet", "moss/evolved");
        var theirs = Source.Commit("By hand", ("hand.txt", "x"));
        Source.Git("checkout", "--quiet", "main");

        (await RefusalOf(async () => await Git.PublishAsync(Source.Path, "moss/evolved", await ChangeAsync("b\n", first), None))).ShouldContain("does not build on");

        Source.Git("rev-parse", "moss/evolved").ShouldBe(theirs);
    }

    [Fact]
    public async Task A_checked_out_branch_is_not_disturbed_even_when_the_source_would_allow_it()
    {
        await Git.PublishAsync(Source.Path, "moss/evolved", await MainAsync(), None);
        Source.Git("checkout", "--quiet", "moss/evolved");
        Source.Git("config", "receive.denyCurrentBranch", "ignore");

        var refusal = await RefusalOf(async () => await Git.PublishAsync(Source.Path, "moss/evolved", await ChangeAsync("a\n"), None));

        refusal.ShouldContain("checked out");
        Source.Git("status", "--porcelain").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bare_source_takes_branches_too()
    {
        using var folder = new TemporaryFolder();
        var bare = folder.Combine("bare.git");
        Source.Git("clone", "--quiet", "--bare", Source.Path, bare);
        var lease = await Git.LeaseAsync(bare, "lease", await Git.ResolveAsync(bare, "main", None), None);
        Write(lease, "a.txt", "a\n");
        var commit = (await Git.CommitAsync(lease, Message(), Time, None))!.Value;

        await Git.PublishAsync(bare, "moss/evolution-1", commit, None);

        Source.Git("--git-dir", bare, "rev-parse", "moss/evolution-1").ShouldBe(commit.Value);
    }

    private async Task<CommitHash> ChangeAsync(string content, CommitHash? start = null)
    {
        var lease = await Git.LeaseAsync(Source.Path, "change", start ?? await MainAsync(), None);
        Write(lease, content.Trim() + ".txt", content);
        return (await Git.CommitAsync(lease, Message(), Time, None))!.Value;
    }
}
