using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class ChangesTests : WorkspaceTest
{
    [Fact]
    public async Task An_untouched_lease_has_no_changes()
    {
        var diff = await Git.ChangesAsync(await LeaseAsync(), None);

        diff.Files.ShouldBeEmpty();
        diff.Patch.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changed_new_and_removed_files_are_changes()
    {
        var lease = await LeaseAsync();
        Write(lease, "src/app.py", "print('bye')\n");
        Write(lease, "src/new file.py", "x = 1\ny = 2\n");
        File.Delete(Path.Combine(lease.Path, "README.md"));

        var diff = await Git.ChangesAsync(lease, None);

        diff.Files.ShouldBe([new FileChange("README.md", 0, 1), new FileChange("src/app.py", 1, 1), new FileChange("src/new file.py", 2, 0)]);
        diff.Patch.ShouldContain("+print('bye')");
    }

    [Fact]
    public async Task Looking_twice_shows_the_same_and_keeps_nothing_in_the_mirror()
    {
        var lease = await LeaseAsync();
        var before = Objects();
        Write(lease, "src/app.py", "print('bye')\n");

        var first = await Git.ChangesAsync(lease, None);
        var second = await Git.ChangesAsync(lease, None);

        second.Patch.ShouldBe(first.Patch);
        Objects().ShouldBe(before);
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_is_seen()
    {
        var lease = await LeaseAsync();
        var file = Path.Combine(lease.Path, "src", "app.py");
        var time = File.GetLastWriteTimeUtc(file);
        Write(lease, "src/app.py", "print('HELLO')\n");
        File.SetLastWriteTimeUtc(file, time);

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["src/app.py"]);
    }

    [Fact]
    public async Task Ignore_rules_are_those_of_the_start_not_those_that_were_written_since()
    {
        Source.Commit("Ignore", (".gitignore", "*.log\nbuild/\n"), ("src/.gitignore", "/local\n"));
        var lease = await LeaseAsync();
        Write(lease, ".gitignore", "hidden.py\n");
        Write(lease, "src/.gitignore", "");
        Write(lease, "hidden.py", "import os\n");
        Write(lease, "trace.log", "x");
        Write(lease, "build/out.bin", "x");
        Write(lease, "src/local", "x");
        Write(lease, "local", "x");

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe([".gitignore", "hidden.py", "local", "src/.gitignore"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_tracked_file_counts_even_when_the_start_ignores_its_name()
    {
        Source.Write("kept.log", "1\n");
        Source.Write(".gitignore", "*.log\n");
        Source.Git("add", "--force", "kept.log");
        Source.Commit("Ignore");
        var lease = await LeaseAsync();
        Write(lease, "kept.log", "2\n");

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["kept.log"]);
    }

    [Fact]
    public async Task What_tools_leave_behind_is_no_change()
    {
        var lease = await LeaseAsync();
        Write(lease, "src/__pycache__/app.cpython-311.pyc", "x");
        Write(lease, ".pytest_cache/v/x", "x");
        Write(lease, "node_modules/a/index.js", "x");
        Write(lease, "src/app.py.orig", "x");
        Write(lease, "src/app.py~", "x");

        (await Git.ChangesAsync(lease, None)).Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repository_made_inside_cannot_hide_files()
    {
        var lease = await LeaseAsync();
        Write(lease, "sub/evil.py", "import os\n");
        Write(lease, "sub/.git/HEAD", "ref: refs/heads/main\n");
        Write(lease, "sub/.git/config", "[core]\n\tfsmonitor = \"touch /tmp/never\"\n");
        Write(lease, "sub/.git/objects/x", "");
        Write(lease, "sub/.git/refs/x", "");
        Write(lease, ".git/config", "[core]\n\tbare = true\n");
        Write(lease, "other/.git", "gitdir: /etc\n");
        Write(lease, "other/file", "x\n");

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["other/file", "sub/evil.py"]);
    }

    [Fact]
    public async Task A_folder_swapped_for_a_link_is_a_link_and_nothing_behind_it_is_read()
    {
        var secret = Data.Write("outside/app.py", "secret\n");
        var lease = await LeaseAsync();
        Directory.Delete(Path.Combine(lease.Path, "src"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(lease.Path, "src"), Path.GetDirectoryName(secret)!);

        var diff = await Git.ChangesAsync(lease, None);

        Paths(diff).ShouldBe(["src", "src/app.py"]);
        diff.Patch.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_file_swapped_for_a_folder_and_back_is_followed()
    {
        var lease = await LeaseAsync();
        File.Delete(Path.Combine(lease.Path, "README.md"));
        Write(lease, "README.md/inner.txt", "x\n");

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["README.md", "README.md/inner.txt"]);
    }

    [Fact]
    public async Task Links_of_the_start_that_leave_the_tree_are_left_as_they_were()
    {
        File.CreateSymbolicLink(Source.Combine("secrets"), "/etc");
        Source.Commit("Link");
        var lease = await LeaseAsync();

        File.ReadAllText(Path.Combine(lease.Path, "secrets")).ShouldBe("/etc");
        (await Git.ChangesAsync(lease, None)).Files.ShouldBeEmpty();
        Write(lease, "a.txt", "a\n");
        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Odd_names_are_files_like_any_other()
    {
        string[] names = ["-rf", ":(glob)**", "a\"b", "new\nline", "#x", "!y", " lead", "tab\there", "*"];
        var lease = await LeaseAsync();
        foreach (var name in names)
        {
            Write(lease, name, "x\n");
        }

        Paths(await Git.ChangesAsync(lease, None)).Order(StringComparer.Ordinal).ShouldBe(names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_name_that_is_not_utf_8_is_shown_and_cannot_be_committed()
    {
        var lease = await LeaseAsync();
        await Runner.RunAsync(new("sh", ["-c", "echo x > \"$(printf 'bad\\377name')\"; mkdir \"$(printf 'sub\\377')\"; echo x > \"$(printf 'sub\\377')/y\""]) { WorkingDirectory = lease.Path }, None);

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["bad\uFFFDname", "sub\uFFFD/y"]);
        (await RefusalOf(() => Git.CommitAsync(lease, Message(), Time, None))).ShouldContain("not valid UTF-8");
        await Git.ReleaseAsync(lease, None);
        Directory.GetFileSystemEntries(Data.Combine("worktrees")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_nobody_may_read_is_still_a_change()
    {
        var lease = await LeaseAsync();
        Write(lease, "locked/new.txt", "x\n");
        Write(lease, "src/app.py", "print('locked')\n");
        File.SetUnixFileMode(Path.Combine(lease.Path, "src", "app.py"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(lease.Path, "locked", "new.txt"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(lease.Path, "locked"), UnixFileMode.None);

        Paths(await Git.ChangesAsync(lease, None)).ShouldBe(["locked/new.txt", "src/app.py"]);
    }

    private int Objects() => Directory.GetFiles(Directory.GetDirectories(Data.Combine("mirrors"), "*.git").Single(), "*", SearchOption.AllDirectories).Length;
}
