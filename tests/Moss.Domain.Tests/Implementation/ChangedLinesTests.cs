using Moss.Domain.Implementation;

namespace Moss.Domain.Tests.Implementation;

public sealed class ChangedLinesTests
{
    [Fact]
    public void Lines_are_numbered_as_in_the_new_file_across_hunks_and_files()
    {
        var (changed, all) = Of(
            "diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py",
            "@@ -1,3 +1,4 @@", " one", "-two", "+zwei", "+drei", " four",
            "@@ -9 +10,2 @@", " nine", "+ten",
            "diff --git a/a.py b/a.py", "new file mode 100644", "--- /dev/null", "+++ b/a.py", "@@ -0,0 +1,2 @@", "+x", "+y");

        changed.Keys.ShouldBe(["a.py", "b.py"]);
        changed["a.py"].ShouldBe([1, 2]);
        changed["b.py"].ShouldBe([2, 3, 11]);
        all.ShouldBeTrue();
    }

    [Fact]
    public void Beside_a_file_whose_lines_are_not_collected_they_are_not_all_of_the_change()
    {
        var (changed, all) = Of(
            "diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py", "@@ -1 +1 @@", "-x", "+y",
            "diff --git a/prices.json b/prices.json", "--- a/prices.json", "+++ b/prices.json", "@@ -1 +1 @@", "-1", "+2");

        changed.Keys.ShouldBe(["b.py"]);
        all.ShouldBeFalse();
    }

    [Theory]
    [InlineData(new int[0], "@@ -1,2 +1 @@", "-gone", " kept")]
    [InlineData(new int[0], "@@ -1,2 +1 @@", " kept", "-gone")]
    [InlineData(new[] { 3, 4 }, "@@ -1,4 +1,4 @@", " kept", "-gone", " kept", "-old", "+new", "+newer")]
    [InlineData(new[] { 1 }, "@@ -1,2 +1,2 @@", "-old", "+new", " kept", "@@ -9 +8,0 @@", "-gone")]
    [InlineData(new[] { 9 }, "@@ -1 +0,0 @@", "-gone", "@@ -9,2 +8,3 @@", " kept", "+new", " kept")]
    public void Where_lines_only_go_what_comes_in_elsewhere_is_not_all_of_the_change(int[] added, params string[] hunk)
    {
        var (changed, all) = Of(["diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py", .. hunk]);

        changed.Values.SelectMany(lines => lines).ShouldBe(added);
        all.ShouldBeFalse();
    }

    [Fact]
    public void A_line_that_takes_the_place_of_another_is_a_changed_line() =>
        Of("diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py", "@@ -1,3 +1,2 @@", "-old", "-older", "+new", " kept").ByPath["b.py"].ShouldBe([1]);

    private static ChangedLines Of(params string[] lines) =>
        ChangedLines.Of(string.Join('\n', lines) + "\n", path => path.EndsWith(".py", StringComparison.Ordinal));
}
