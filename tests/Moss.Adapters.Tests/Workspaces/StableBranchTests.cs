using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class StableBranchTests : OversightTest
{
    [Fact]
    public async Task A_merge_has_both_parents_the_trailers_and_a_signature_that_git_verifies()
    {
        var merge = await MergedAsync();
        await Git.Stable.MoveAsync(Remote, "main", Start, merge, None);

        Source.Git("--git-dir", Remote, "log", "-1", "--format=%P", merge.Value).ShouldBe($"{Start} {Head}");
        Source.Git("--git-dir", Remote, "log", "-1", "--format=%(trailers:key=Reviewed-by,valueonly)", merge.Value).Trim().ShouldBe("ada");
        Source.Git("--git-dir", Remote, "rev-parse", merge + "^{tree}").ShouldBe(Source.Git("rev-parse", Head + "^{tree}"));
        var signers = Data.Write("signers", $"moss namespaces=\"git\" {Key.Public}\n");
        Source.Git("--git-dir", Remote, "-c", $"gpg.ssh.allowedSignersFile={signers}", "verify-commit", merge.Value);
    }

    [Fact]
    public async Task The_same_merge_at_the_same_time_is_the_same_commit() =>
        (await MergedAsync()).ShouldBe((await Create().Stable.MergeAsync(Order(), KeyFile, None)).ShouldBeOfType<SignedMerge.Made>().Commit);

    [Fact]
    public async Task A_merge_is_on_no_branch_until_the_branch_is_moved()
    {
        var merge = await MergedAsync();

        Tip().ShouldBe(Start.Value);
        (await Git.Stable.MoveAsync(Remote, "main", Start, merge, None)).ShouldBeOfType<BranchMove.Done>();
        Tip().ShouldBe(merge.Value);
    }

    [Fact]
    public async Task Moving_again_is_done_also_when_others_have_built_on_it()
    {
        var merge = await MergedAsync();
        await Git.Stable.MoveAsync(Remote, "main", Start, merge, None);
        (await Create().Stable.MoveAsync(Remote, "main", Start, merge, None)).ShouldBeOfType<BranchMove.Done>();
        Source.Git("pull", "--quiet", "--ff-only", Remote, "main");
        var later = Pushed("hand.txt", "x");

        (await Git.Stable.MoveAsync(Remote, "main", Start, merge, None)).ShouldBeOfType<BranchMove.Done>();

        Tip().ShouldBe(later.Value);
    }

    [Fact]
    public async Task A_stable_branch_that_moved_meanwhile_is_never_overwritten()
    {
        var merge = await MergedAsync();
        var theirs = Pushed("hand.txt", "x");

        (await Git.Stable.MoveAsync(Remote, "main", Start, merge, None)).ShouldBe(new BranchMove.Elsewhere(theirs));

        Tip().ShouldBe(theirs.Value);
    }

    [Fact]
    public async Task Lines_that_both_changed_are_a_conflict_with_the_files_and_nothing_is_made()
    {
        var theirs = Pushed("src/app.py", "print('goodbye')\n");

        (await Git.Stable.MergeAsync(Order(theirs), KeyFile, None)).ShouldBeOfType<SignedMerge.Conflicts>().Files.ShouldBe(["src/app.py"]);
    }

    [Fact]
    public async Task What_a_person_did_on_stable_meanwhile_is_kept_by_the_merge()
    {
        var theirs = Pushed("hand.txt", "x");

        var merge = await MergedAsync(theirs);
        await Git.Stable.MoveAsync(Remote, "main", theirs, merge, None);

        Source.Git("--git-dir", Remote, "show", "main:hand.txt").ShouldBe("x");
        Source.Git("--git-dir", Remote, "show", "main:src/twice.py").ShouldBe("print('hello')");
    }

    [Fact]
    public async Task Without_a_usable_key_nothing_is_signed()
    {
        (await Git.Stable.MergeAsync(Order(), new SigningKeyFile("/nowhere/key"), None)).ShouldBeOfType<SignedMerge.NotSigned>().Reason.ShouldNotBeEmpty();
        Tip().ShouldBe(Start.Value);
    }

    [Fact]
    public async Task The_public_half_of_a_key_is_told_without_its_comment() => (await Git.Stable.PublicKeyAsync(KeyFile, None)).ShouldBe(Key.Public);

    [Fact]
    public async Task A_key_with_a_passphrase_is_refused_and_nobody_is_asked_for_it()
    {
        using var locked = new SshKey("secret words");

        (await RefusalOf(() => Git.Stable.PublicKeyAsync(new SigningKeyFile(locked.Path), None))).ShouldContain("without a passphrase");
    }

    [Fact]
    public async Task A_checked_out_stable_branch_is_not_disturbed()
    {
        var order = Order() with { Repository = Source.Path };
        var merge = (await Git.Stable.MergeAsync(order, KeyFile, None)).ShouldBeOfType<SignedMerge.Made>().Commit;

        (await Git.Stable.MoveAsync(Source.Path, "main", Start, merge, None)).ShouldBeOfType<BranchMove.NotTaken>().Reason.ShouldContain("checked out");

        Source.Git("status", "--porcelain").ShouldBeEmpty();
        Source.Head.ShouldBe(Start.Value);
    }

    [Fact]
    public async Task The_branch_of_promoted_commits_goes_back_from_exactly_the_head()
    {
        (await Git.Stable.MoveAsync(Remote, "moss/evolved", Head, Start, None)).ShouldBeOfType<BranchMove.Done>();
        Tip("moss/evolved").ShouldBe(Start.Value);
        (await Git.Stable.MoveAsync(Remote, "moss/evolved", Head, Start, None)).ShouldBeOfType<BranchMove.Done>();
        (await Git.ResolveAsync(Remote, "moss/evolved", None)).ShouldBe(Start);
        await Git.PublishAsync(Remote, "moss/evolved", First, None);
        Tip("moss/evolved").ShouldBe(First.Value);

        (await Git.Stable.MoveAsync(Remote, "moss/evolved", Head, Start, None)).ShouldBe(new BranchMove.Elsewhere(First));

        Tip("moss/evolved").ShouldBe(First.Value);
    }

    [Fact]
    public async Task A_branch_of_a_person_is_never_moved_off_its_history()
    {
        var theirs = Pushed("hand.txt", "x");

        await Should.ThrowAsync<ArgumentException>(() => Git.Stable.MoveAsync(Remote, "main", theirs, Start, None));

        Tip().ShouldBe(theirs.Value);
    }

    [Fact]
    public async Task The_history_tells_what_lies_between_and_what_each_commit_changed()
    {
        (await Git.History.TipAsync(Remote, "moss/evolved", None)).ShouldBe(Head);
        (await Git.History.TipAsync(Remote, "nothing", None)).ShouldBeNull();
        (await Git.History.HoldsAsync(Remote, Head, Start, None)).ShouldBeTrue();
        (await Git.History.HoldsAsync(Remote, Start, Head, None)).ShouldBeFalse();

        var between = await Git.History.BetweenAsync(Remote, Start, Head, firstParents: true, None);

        between.Select(commit => (commit.Commit, commit.Subject)).ShouldBe([(Head, "Greet twice"), (First, "Divide by 100")]);
        between[1].Parents.ShouldBe([Start]);
        (await Git.History.BetweenAsync(Remote, Head, Head, firstParents: false, None)).ShouldBeEmpty();
        (await Git.History.CommitAsync(Remote, First, None)).Subject.ShouldBe("Divide by 100");
        (await Git.History.ChangedAsync(Remote, Head, None)).ShouldBe([new FileChange("requirements.txt", 1, 0), new FileChange("src/twice.py", 1, 0)]);
        (await Git.History.ChangedAsync(Remote, Start, None)).Select(file => file.Path).ShouldBe(["README.md", "src/app.py"]);
        (await Git.History.SizesAsync(Remote, First, None)).ShouldBe([new FileChange("README.md", 1, 0), new FileChange("src/app.py", 2, 0)]);
    }

    [Fact]
    public async Task Following_a_branch_passes_over_what_was_merged_into_it()
    {
        var merge = await MergedAsync();

        (await Git.History.BetweenAsync(Remote, Start, merge, firstParents: true, None)).Select(commit => commit.Commit).ShouldBe([merge]);
        (await Git.History.BetweenAsync(Remote, Start, merge, firstParents: false, None)).Length.ShouldBe(3);
    }
}
