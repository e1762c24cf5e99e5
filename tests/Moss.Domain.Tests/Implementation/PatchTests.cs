using Moss.Domain.Implementation;

namespace Moss.Domain.Tests.Implementation;

public sealed class PatchTests
{
    [Fact]
    public void Lines_are_told_from_headers_by_the_counts_of_their_hunk()
    {
        const string text = """
            diff --git a/src/a.py b/src/a.py
            index 1111111..2222222 100644
            --- a/src/a.py
            +++ b/src/a.py
            @@ -1,2 +1,3 @@ def f():
             keep
            --- a/old.py
            +++ b/new.py
            +new file mode 120000
            @@ -10 +11 @@
            -x
            +y

            """;

        var entry = Patch.Entries(text).ShouldHaveSingleItem();

        entry.Path.ShouldBe("src/a.py");
        entry.Removed.ShouldBe(["-- a/old.py", "x"]);
        entry.Added.ShouldBe(["++ b/new.py", "new file mode 120000", "y"]);
        entry.AddedAt.ShouldBe([2, 3, 11]);
        entry.OnlyRemoves.ShouldBeFalse();
        entry.IsLink.ShouldBeFalse();
    }

    [Fact]
    public void Every_file_of_a_patch_is_an_entry()
    {
        const string text = """
            diff --git a/gone.py b/gone.py
            deleted file mode 100644
            index 1111111..0000000
            --- a/gone.py
            +++ /dev/null
            @@ -1 +0,0 @@
            -x
            diff --git a/picture.png b/picture.png
            index 1111111..2222222 100644
            Binary files a/picture.png and b/picture.png differ
            diff --git a/run.sh b/run.sh
            old mode 100644
            new mode 100755
            diff --git a/old name.py b/new name.py
            similarity index 100%
            rename from old name.py
            rename to new name.py
            """;

        Patch.Entries(text).Select(entry => entry.Path).ShouldBe(["gone.py", "picture.png", "run.sh", "new name.py"]);
    }

    [Theory]
    [InlineData("+++ b/with blank.py\t", "with blank.py")]
    [InlineData("+++ \"b/with \\\"quote\\\".py\"", "with \"quote\".py")]
    [InlineData("+++ \"b/caf\\303\\251.py\"", "café.py")]
    [InlineData("+++ \"b/tab\\there.py\"", "tab\there.py")]
    public void Names_are_read_as_git_quotes_them(string header, string path) =>
        Patch.Entries($"diff --git a/x b/x\n--- /dev/null\n{header}\n@@ -0,0 +1 @@\n+x\n").ShouldHaveSingleItem().Path.ShouldBe(path);

    [Theory]
    [InlineData("new file mode 120000", true, false)]
    [InlineData("new mode 120000", true, false)]
    [InlineData("index 1111111..2222222 120000", true, false)]
    [InlineData("new file mode 160000", false, true)]
    [InlineData("index 1111111..2222222 160000", false, true)]
    [InlineData("new file mode 100644", false, false)]
    [InlineData("deleted file mode 120000", false, false)]
    public void Links_and_embedded_repositories_are_seen(string header, bool link, bool repository)
    {
        var entry = Patch.Entries($"diff --git a/x b/x\n{header}\n").ShouldHaveSingleItem();

        entry.Path.ShouldBe("x");
        (entry.IsLink, entry.IsRepository).ShouldBe((link, repository));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing like a patch")]
    [InlineData("@@ -1 +1 @@\n+x")]
    [InlineData("+x\n-y\n+++ b/z")]
    public void What_is_no_patch_has_no_entries(string text) => Patch.Entries(text).ShouldBeEmpty();

    [Fact]
    public void A_line_without_an_end_does_not_end_the_hunk() =>
        Patch.Entries("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file\n")
            .ShouldHaveSingleItem().Added.ShouldBe(["b", "c"]);
}
