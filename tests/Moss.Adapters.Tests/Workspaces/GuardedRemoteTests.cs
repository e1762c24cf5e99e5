using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

/// <summary>A real bare repository with the hook of oversight, and people who push to it with git.</summary>
public sealed class GuardedRemoteTests : OversightTest
{
    private string Hook => Path.Combine(Remote, "hooks", "update");

    [Fact]
    public async Task Without_the_hook_the_branch_is_open_and_the_fix_says_where_it_goes()
    {
        var guard = await GuardAsync();

        guard.Standing.ShouldBe(GuardStanding.Open);
        guard.Detail.ShouldContain("whoever may push may write main");
        guard.Fix.ShouldContain(Hook);
        guard.Hook.ShouldContain(Key.Public);
    }

    [Fact]
    public async Task With_the_hook_it_is_guarded_also_when_Moss_has_a_mirror_of_it()
    {
        await InstallAsync();
        await Git.InspectAsync(Remote, None);

        (await GuardAsync()).Standing.ShouldBe(GuardStanding.Guarded);
    }

    [Fact]
    public async Task A_hook_that_was_changed_is_for_another_key_or_does_not_run_guards_nothing()
    {
        await InstallAsync();
        using var other = new SshKey();
        (await Git.Stable.GuardAsync(Remote, "main", other.Public, None)).Standing.ShouldBe(GuardStanding.Open);
        (await Git.Stable.GuardAsync(Remote, "release", Key.Public, None)).Standing.ShouldBe(GuardStanding.Open);
        File.SetUnixFileMode(Hook, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await GuardAsync()).Detail.ShouldContain("not executable");
        File.WriteAllText(Hook, "#!/bin/sh\nexit 0\n");
        (await GuardAsync()).Standing.ShouldBe(GuardStanding.Open);
    }

    [Fact]
    public async Task Where_hooks_lie_elsewhere_they_are_looked_for_there()
    {
        await InstallAsync();
        Source.Git("--git-dir", Remote, "config", "core.hooksPath", Data.Combine("nothing"));

        (await GuardAsync()).Detail.ShouldContain(Data.Combine("nothing"));
    }

    [Fact]
    public async Task A_server_cannot_be_looked_into()
    {
        var guard = await Git.Stable.GuardAsync("https://git.example.org/desk.git", "main", Key.Public, None);

        guard.Standing.ShouldBe(GuardStanding.Unknown);
        guard.Hook.ShouldContain("verify-commit");
    }

    [Theory]
    [InlineData("main'; id; '")]
    [InlineData("$(id)")]
    [InlineData("a`id`")]
    public async Task A_branch_whose_name_a_shell_would_run_gets_no_hook(string branch) =>
        (await RefusalOf(() => Git.Stable.GuardAsync(Remote, branch, Key.Public, None))).ShouldContain("no hook is written");

    [Fact]
    public async Task The_signed_merge_passes_twice_in_a_row()
    {
        await InstallAsync();
        var merge = await MergedAsync();
        (await Git.Stable.MoveAsync(Remote, "main", Start, merge, None)).ShouldBeOfType<BranchMove.Done>();
        Source.Git("checkout", "--quiet", "moss/evolved");
        var next = new CommitHash(Source.Commit("Greet thrice", ("src/thrice.py", "x\n")));
        Source.Git("push", "--quiet", Remote, "moss/evolved");

        var second = (await Git.Stable.MergeAsync(Order(merge, next), KeyFile, None)).ShouldBeOfType<SignedMerge.Made>().Commit;
        (await Git.Stable.MoveAsync(Remote, "main", merge, second, None)).ShouldBeOfType<BranchMove.Done>();

        Tip().ShouldBe(second.Value);
    }

    [Fact]
    public async Task An_unsigned_commit_is_refused()
    {
        await InstallAsync();
        Source.Commit("By hand", ("hand.txt", "x"));

        Push("main").ShouldContain("oversight: main moves by one merge");
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task An_unsigned_merge_is_refused()
    {
        await InstallAsync();
        Source.Git("merge", "--quiet", "--no-ff", "--message", "Merge it", "moss/evolved");

        Push("main").ShouldContain("the key of oversight signed");
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task A_merge_that_another_key_signed_is_refused()
    {
        await InstallAsync();
        using var other = new SshKey();
        var merge = Sign(other, Start.Value, Head.Value);

        Push($"{merge}:refs/heads/main").ShouldContain("the key of oversight signed");
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task A_signed_commit_that_is_no_merge_onto_the_tip_is_refused()
    {
        await InstallAsync();

        Push($"{Sign(Key, Start.Value)}:refs/heads/main").ShouldContain("moves by one merge");
        Push($"{Sign(Key, Head.Value, Start.Value)}:refs/heads/main").ShouldContain("moves by one merge");
        Push($"{Sign(Key, Start.Value, First.Value, Head.Value)}:refs/heads/main").ShouldContain("moves by one merge");
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task A_merge_that_was_signed_before_does_not_come_again()
    {
        await InstallAsync();
        var merge = await MergedAsync();
        await Git.Stable.MoveAsync(Remote, "main", Start, merge, None);
        var second = (await Git.Stable.MergeAsync(Order(merge, First), KeyFile, None)).ShouldBeOfType<SignedMerge.Made>().Commit;
        await Git.Stable.MoveAsync(Remote, "main", merge, second, None);

        Source.Git("fetch", "--quiet", Remote, "main");
        Push($"+{merge}:refs/heads/main").ShouldContain("oversight: main");
        Tip().ShouldBe(second.Value);
    }

    [Fact]
    public async Task A_force_push_and_a_removal_are_refused()
    {
        await InstallAsync();
        Source.Git("--git-dir", Remote, "config", "receive.denyDeleteCurrent", "ignore");
        Source.Git("checkout", "--quiet", "--orphan", "other");
        Source.Commit("Another history", ("other.txt", "x"));

        Push("+other:refs/heads/main").ShouldContain("oversight: main moves by one merge");
        Push(":refs/heads/main").ShouldContain("oversight: main is not removed");
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task A_replacement_that_was_pushed_fools_nobody()
    {
        await InstallAsync();
        var bad = Source.Commit("By hand", ("hand.txt", "x"));
        var signed = Sign(Key, Start.Value, Head.Value);
        Source.Git("push", "--quiet", Remote, $"{signed}:refs/replace/{bad}");

        Push($"{bad}:refs/heads/main").ShouldContain("oversight: main moves by one merge");
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task Other_branches_are_nobodys_business_here()
    {
        await InstallAsync();
        Source.Git("push", "--quiet", Remote, "HEAD:refs/heads/feature");

        Tip("feature").ShouldBe(Start.Value);
        await Git.PublishAsync(Remote, "moss/evolution-1", First, None);
        Tip("moss/evolution-1").ShouldBe(First.Value);
    }

    [Fact]
    public async Task Mosss_own_writer_has_no_way_to_the_stable_branch_of_a_remote()
    {
        (await RefusalOf(() => Git.PublishAsync(Remote, "main", Head, None))).ShouldContain("moss/… branches alone");
        (await RefusalOf(() => Git.RecordAsync(Remote, "main", [new RecordFile("a", "b")], Message(), Time, None))).ShouldContain("moss/… branches alone");
        Tip().ShouldBe(Start.Value);
    }

    private Task<BranchGuard> GuardAsync() => Git.Stable.GuardAsync(Remote, "main", Key.PublicLine, None);

    private async Task InstallAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Hook)!);
        File.WriteAllText(Hook, (await GuardAsync()).Hook);
        File.SetUnixFileMode(Hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A commit of the head's content, signed with a key.</summary>
    private string Sign(SshKey key, params string[] parents) => Source.Git(
    [
        "-c", "gpg.format=ssh", "-c", $"user.signingkey={key.Path}", "commit-tree", "-S", .. parents.SelectMany(parent => new[] { "-p", parent }), "-m", "Signed",
        Source.Git("rev-parse", Head + "^{tree}"),
    ]);

    /// <summary>What the remote said when it refused.</summary>
    private string Push(string what) => Should.Throw<InvalidOperationException>(() => Source.Git("push", Remote, what)).Message;
}
