using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class ReadingTests : WorkspaceTest
{
    [Fact]
    public async Task Files_are_listed_sorted_and_whole()
    {
        Source.Commit("More", ("z.txt", ""), ("B.txt", ""), ("a/ü ñ.txt", ""), ("a/with \"quotes\"\tand tab", ""));

        (await Git.ListFilesAsync(Source.Path, await MainAsync(), None))
            .ShouldBe(["B.txt", "README.md", "a/with \"quotes\"\tand tab", "a/ü ñ.txt", "src/app.py", "z.txt"]);
    }

    [Fact]
    public async Task Bytes_come_back_as_they_are_whatever_gitattributes_says()
    {
        byte[] bytes = [0xff, 0x00, 0x0d, 0x0a, 0x0d, 0x0a, .. "$Id$"u8];
        File.WriteAllBytes(Source.Combine("raw.bin"), bytes);
        Source.Git("add", "raw.bin");
        Source.Commit("Raw");
        Source.Write(".gitattributes", "*.bin text eol=crlf ident working-tree-encoding=UTF-16\n");
        Source.Git("add", ".gitattributes");
        Source.Git("commit", "--quiet", "--message", "Attributes");
        var commit = await MainAsync();

        (await Git.ReadFileAsync(Source.Path, commit, "raw.bin", None)).ShouldBe(bytes);
        File.ReadAllBytes(Path.Combine(await Git.CheckoutAsync(Source.Path, commit, None), "raw.bin")).ShouldBe(bytes);
    }

    [Fact]
    public async Task An_empty_file_is_there_and_a_missing_one_is_null()
    {
        Source.Commit("Empty", ("empty", ""));
        var commit = await MainAsync();

        (await Git.ReadFileAsync(Source.Path, commit, "empty", None)).ShouldBe([]);
        (await Git.ReadFileAsync(Source.Path, commit, "nothing", None)).ShouldBeNull();
        (await Git.ReadFileAsync(Source.Path, commit, "src", None)).ShouldBeNull();
        (await Git.ReadFileAsync(Source.Path, commit, "*", None)).ShouldBeNull();
        (await Git.ReadFileAsync(Source.Path, commit, "../README.md", None)).ShouldBeNull();
        (await Git.ReadFileAsync(Source.Path, commit, "/etc/passwd", None)).ShouldBeNull();
        (await Git.ReadFileAsync(Source.Path, commit, "", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_is_no_file()
    {
        File.CreateSymbolicLink(Source.Combine("link"), "/etc/passwd");
        Source.Commit("Link");

        (await Git.ReadFileAsync(Source.Path, await MainAsync(), "link", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Reading_leaves_no_file_behind()
    {
        (await ReadAsync(await MainAsync(), "README.md")).ShouldBe("# Desk\n");

        Directory.GetDirectories(Data.Combine("mirrors", "home")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_diff_counts_lines_by_file_and_shows_a_rename_as_both_paths()
    {
        var from = await MainAsync();
        Source.Git("mv", "README.md", "README.txt");
        var to = new CommitHash(Source.Commit("Change", ("src/app.py", "print('hello')\nprint('again')\n")));

        var diff = await Git.DiffAsync(Source.Path, from, to, None);

        diff.Files.ShouldBe([new FileChange("README.md", 0, 1), new FileChange("README.txt", 1, 0), new FileChange("src/app.py", 1, 0)]);
        (diff.Insertions, diff.Deletions).ShouldBe((2, 1));
        diff.Patch.ShouldContain("+print('again')");
    }

    [Fact]
    public async Task A_binary_file_is_marked_and_no_attribute_hides_a_text_file()
    {
        var from = await MainAsync();
        File.WriteAllBytes(Source.Combine("image"), [0, 1, 2, 0]);
        Source.Commit("Hide", (".gitattributes", "*.py -diff binary\n"));
        var to = new CommitHash(Source.Commit("Change", ("src/app.py", "print('hidden?')\n")));

        var diff = await Git.DiffAsync(Source.Path, from, to, None);

        diff.Files.ShouldContain(new FileChange("image", 0, 0, Binary: true));
        diff.Files.ShouldContain(new FileChange("src/app.py", 1, 1));
        diff.Patch.ShouldContain("+print('hidden?')");
    }

    [Fact]
    public async Task A_file_name_that_is_not_utf_8_is_refused_by_name()
    {
        var blob = Source.Git("hash-object", "-w", "README.md");
        File.WriteAllBytes(Source.Combine(".git", "names"), [.. "100644 "u8, .. System.Text.Encoding.ASCII.GetBytes(blob), .. "\tbad"u8, 0xff, .. "name\0"u8]);
        Source.Git("-c", "alias.feed=!git update-index -z --index-info < .git/names", "feed");
        Source.Git("commit", "--quiet", "--message", "Bad name");
        var commit = await MainAsync();

        foreach (var action in (Func<Task>[])[
            () => Git.ListFilesAsync(Source.Path, commit, None),
            () => Git.CheckoutAsync(Source.Path, commit, None),
            () => Git.LeaseAsync(Source.Path, "lease", commit, None)])
        {
            (await RefusalOf(action)).ShouldContain("'bad\uFFFDname' is not valid UTF-8");
        }
    }
}
