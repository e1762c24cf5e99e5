using Moss.Domain.Implementation;

namespace Moss.Domain.Tests.Implementation;

public sealed class ChangedLinesTests
{
    [Fact]
    public void Lines_are_numbered_as_in_the_new_file_across_hunks_and_files()
    {
        var changed = Of(
            "diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py",
            "@@ -1,3 +1,4 @@", " one", "-two", "+zwei", "+drei", " four",
            "@@ -9 +10,2 @@", " nine", "+ten",
            "diff --git a/a.py b/a.py", "new file mode 100644", "--- /dev/null", "+++ b/a.py", "@@ -0,0 +1,2 @@", "+x", "+y");

        changed.Keys.ShouldBe(["a.py", "b.py"]);
        changed["a.py"].ShouldBe([1, 2]);
        changed["b.py"].ShouldBe([2, 3, 11]);
    }

    [Fact]
    public void Beside_a_file_whose_lines_are_not_collected_nothing_can_be_said() =>
        Of(
            "diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py", "@@ -1 +1 @@", "-x", "+y",
            "diff --git a/prices.json b/prices.json", "--- a/prices.json", "+++ b/prices.json", "@@ -1 +1 @@", "-1", "+2").ShouldBeEmpty();

    [Theory]
    [InlineData("@@ -1,2 +1 @@", "-gone", " kept")]
    [InlineData("@@ -1,2 +1 @@", " kept", "-gone")]
    [InlineData("@@ -1,4 +1,4 @@", " kept", "-gone", " kept", "-old", "+new", "+newer")]
    [InlineData("@@ -1,2 +1,2 @@", "-old", "+new", " kept", "@@ -9 +8,0 @@", "-gone")]
    [InlineData("@@ -1 +0,0 @@", "-gone", "@@ -9,2 +8,3 @@", " kept", "+new", " kept")]
    public void Where_lines_only_go_nothing_can_be_said(params string[] hunk) =>
        Of(["diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py", .. hunk]).ShouldBeEmpty();

    [Fact]
    public void A_line_that_takes_the_place_of_another_is_a_changed_line() =>
        Of("diff --git a/b.py b/b.py", "--- a/b.py", "+++ b/b.py", "@@ -1,3 +1,2 @@", "-old", "-older", "+new", " kept")["b.py"].ShouldBe([1]);

    private static IReadOnlyDictionary<string, System.Collections.Immutable.ImmutableArray<int>> Of(params string[] lines) =>
        ChangedLines.Of(string.Join('\n', lines) + "\n", path => path.EndsWith(".py", StringComparison.Ordinal));
}
