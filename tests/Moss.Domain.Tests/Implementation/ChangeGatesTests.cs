using System.Collections.Immutable;
using Moss.Domain.Implementation;

namespace Moss.Domain.Tests.Implementation;

public sealed class ChangeGatesTests
{
    private static readonly ChangeRules Rules = new(
        path => path.StartsWith("src/", StringComparison.Ordinal) ? null : "is protected by everything/**", path => path.EndsWith("requirements.txt", StringComparison.Ordinal), 3, 20);

    [Fact]
    public void A_small_change_of_editable_files_passes() => Check(Change("src/a.py", "+x = 1"), Change("src/b.py", "-y = 1")).ShouldBeNull();

    [Fact]
    public void Nothing_changed_is_no_change() =>
        ChangeGates.Check(new([], ""), Rules).ShouldBe(new(RefusalGround.NoChange, null, "the agent changed no file"));

    [Fact]
    public void A_file_out_of_scope_is_refused_by_its_name_and_why() =>
        Check(Change("src/a.py", "+x = 1"), Change("graders/check.py", "+x = 1")).ShouldBe(
            new(RefusalGround.OutOfScope, "graders/check.py", "graders/check.py is protected by everything/**"));

    [Theory]
    [InlineData("120000", "symbolic link")]
    [InlineData("160000", "repository")]
    public void A_link_or_an_inner_repository_is_refused(string mode, string why)
    {
        var refusal = ChangeGates.Check(
            new([new("src/way", 1, 0)], $"diff --git a/src/way b/src/way\nnew file mode {mode}\n--- /dev/null\n+++ b/src/way\n@@ -0,0 +1 @@\n+/etc\n"), Rules);

        refusal.ShouldNotBeNull();
        (refusal.Ground, refusal.Path).ShouldBe((RefusalGround.OutOfScope, "src/way"));
        refusal.Reason.ShouldContain(why);
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        var refusal = ChangeGates.Check(new([new("src/blob.bin", 0, 0, Binary: true)], "Binary files differ"), Rules);

        refusal.ShouldNotBeNull();
        (refusal.Ground, refusal.Path).ShouldBe((RefusalGround.OutOfScope, "src/blob.bin"));
    }

    [Fact]
    public void A_secret_is_refused_by_its_file_and_never_repeated()
    {
        var token = "ghp_" + new string('a', 36);

        var refusal = Check(Change("src/a.py", "+x = 1"), Change("src/b.py", $"+token = '{token}'"));

        refusal.ShouldNotBeNull();
        (refusal.Ground, refusal.Path, refusal.Reason).ShouldBe((RefusalGround.Secret, "src/b.py", "src/b.py would contain an access token"));
    }

    [Fact]
    public void A_secret_that_goes_or_only_moves_is_not_brought_in()
    {
        var line = "token = 'ghp_" + new string('a', 36) + "'";

        Check(Change("src/a.py", "-" + line)).ShouldBeNull();
        Check(Change("src/a.py", "-" + line, "+" + line)).ShouldBeNull();
    }

    [Fact]
    public void A_dependency_file_is_refused_by_its_name()
    {
        var refusal = Check(Change("src/requirements.txt", "+requests==2.0"));

        refusal.ShouldNotBeNull();
        (refusal.Ground, refusal.Path).ShouldBe((RefusalGround.NewDependency, "src/requirements.txt"));
        refusal.Reason.ShouldContain("src/requirements.txt");
    }

    [Fact]
    public void Too_many_files_are_refused()
    {
        var refusal = Check([.. Enumerable.Range(0, 4).Select(i => Change($"src/{i}.py", "+x = 1"))]);

        refusal.ShouldNotBeNull();
        refusal.Ground.ShouldBe(RefusalGround.TooLarge);
        refusal.Reason.ShouldContain("4 files are changed, 3 are allowed");
    }

    [Fact]
    public void Too_many_lines_are_refused_and_the_largest_file_is_named()
    {
        var refusal = ChangeGates.Check(new([new("src/a.py", 2, 1), new("src/b.py", 10, 8)], ""), Rules);

        refusal.ShouldNotBeNull();
        (refusal.Ground, refusal.Path).ShouldBe((RefusalGround.TooLarge, "src/b.py"));
        refusal.Reason.ShouldContain("21 lines are changed, 20 are allowed");
        ChangeGates.Check(new([new("src/a.py", 12, 8)], ""), Rules).ShouldBeNull();
    }

    [Fact]
    public void A_patch_that_no_one_can_read_is_too_large_however_few_lines_it_has()
    {
        var refusal = ChangeGates.Check(new([new("src/a.py", 1, 0)], new string('x', ChangeGates.LongestPatch + 1)), Rules);

        refusal.ShouldNotBeNull();
        refusal.Ground.ShouldBe(RefusalGround.TooLarge);
    }

    [Fact]
    public void Line_counts_do_not_overflow()
    {
        var refusal = ChangeGates.Check(new([new("src/a.py", int.MaxValue, 0), new("src/b.py", int.MaxValue, 1)], ""), Rules);

        refusal.ShouldNotBeNull();
        refusal.Ground.ShouldBe(RefusalGround.TooLarge);
    }

    private static ChangeRefusal? Check(params ImmutableArray<(ChangedFile File, string Patch)> changes) =>
        ChangeGates.Check(new([.. changes.Select(change => change.File)], string.Concat(changes.Select(change => change.Patch))), Rules);

    private static (ChangedFile File, string Patch) Change(string path, params ImmutableArray<string> lines)
    {
        var (added, removed) = (lines.Count(line => line[0] == '+'), lines.Count(line => line[0] == '-'));
        return (
            new(path, added, removed),
            $"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1,{removed} +1,{added} @@\n{string.Join('\n', lines)}\n");
    }
}
