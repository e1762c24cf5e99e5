using Moss.AgentTools.Roles;

namespace Moss.Adapters.Tests.Search;

public sealed class UnifiedDiffTests
{
    private const string Diff = """
        diff --git a/src/a.py b/src/a.py
        index 1..2 100644
        --- a/src/a.py
        +++ b/src/a.py
        @@ -1,3 +1,4 @@ def f():
         one
        -two
        +2
        +2b
         three
        @@ -8,2 +9,1 @@
         eight
        -nine
        --- a/old.py
        +++ /dev/null
        @@ -1 +0,0 @@
        -gone
        \ No newline at end of file
        """;

    [Fact]
    public void Files_are_named_as_in_the_repository() => UnifiedDiff.Parse(Diff).Select(f => f.Path).ShouldBe(["src/a.py", "old.py"]);

    [Fact]
    public void It_is_applied_to_the_text_that_it_was_made_from() =>
        UnifiedDiff.Parse(Diff)[0].Apply("one\ntwo\nthree\n4\n5\n6\n7\neight\nnine\nten\n").ShouldBe("one\n2\n2b\nthree\n4\n5\n6\n7\neight\nten\n");

    [Fact]
    public void Another_text_is_refused() => UnifiedDiff.Parse(Diff)[0].Apply("one\nTWO\nthree\n").ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("no diff at all")]
    [InlineData("@@ -1 +1 @@\n-a\n+b\n")]
    [InlineData("--- a/x\n")]
    public void What_is_no_diff_has_no_files(string text) => UnifiedDiff.Parse(text).ShouldBeEmpty();
}
