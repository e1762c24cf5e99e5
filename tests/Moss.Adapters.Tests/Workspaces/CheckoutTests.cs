using Moss.Testing;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class CheckoutTests : WorkspaceTest
{
    [Fact]
    public async Task A_checkout_holds_the_files_and_no_history()
    {
        var path = await Git.CheckoutAsync(Source.Path, await MainAsync(), None);

        File.ReadAllText(Path.Combine(path, "src", "app.py")).ShouldBe("print('hello')\n");
        Directory.Exists(Path.Combine(path, ".git")).ShouldBeFalse();
        File.GetUnixFileMode(Path.Combine(path, "README.md")).HasFlag(UnixFileMode.UserWrite).ShouldBeFalse();
    }

    [Fact]
    public async Task Executable_files_stay_executable()
    {
        File.SetUnixFileMode(Source.Write("run.sh", "#!/bin/sh\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Source.Commit("Script");

        var path = await Git.CheckoutAsync(Source.Path, await MainAsync(), None);

        File.GetUnixFileMode(Path.Combine(path, "run.sh")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_tree_is_checked_out_once_for_all_repositories()
    {
        using var twin = new TemporaryRepository(("README.md", "# Desk\n"), ("src/app.py", "print('hello')\n"));
        var first = await Git.CheckoutAsync(Source.Path, await MainAsync(), None);

        (await Git.CheckoutAsync(twin.Path, await Git.ResolveAsync(twin.Path, "main", None), None)).ShouldBe(first);
    }

    [Fact]
    public async Task A_checkout_that_was_cut_short_is_made_again()
    {
        var commit = await MainAsync();
        Data.Write("trees/.making/README.md", "half");
        Data.Write("trees/.making/stale", "half");
        Data.Write("trees/.index.lock", "");

        var path = await Git.CheckoutAsync(Source.Path, commit, None);

        Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order().ShouldBe(["README.md", "src"]);
    }

    [Fact]
    public async Task Many_at_once_by_two_processes_get_the_same_whole_folder()
    {
        var commit = await MainAsync();
        var other = Create();

        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => (turn % 2 == 0 ? Git : other).CheckoutAsync(Source.Path, commit, None)));

        File.Exists(Path.Combine(paths.Distinct().ShouldHaveSingleItem(), "src", "app.py")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_out_of_the_tree_becomes_a_plain_file_with_its_target()
    {
        File.CreateSymbolicLink(Source.Combine("secrets"), "/etc");
        File.CreateSymbolicLink(Source.Combine("src", "up"), "../../..");
        File.CreateSymbolicLink(Source.Combine("src", "readme"), "../README.md");
        Source.Commit("Links");

        var path = await Git.CheckoutAsync(Source.Path, await MainAsync(), None);

        new FileInfo(Path.Combine(path, "secrets")).LinkTarget.ShouldBeNull();
        File.ReadAllText(Path.Combine(path, "secrets")).ShouldBe("/etc");
        File.ReadAllText(Path.Combine(path, "src", "up")).ShouldBe("../../..");
        File.ReadAllText(Path.Combine(path, "src", "readme")).ShouldBe("# Desk\n");
    }

    [Fact]
    public async Task A_submodule_is_an_empty_folder()
    {
        Source.Git("update-index", "--add", "--cacheinfo", $"160000,{Source.Head},vendor/lib");
        Source.Git("commit", "--quiet", "--message", "Submodule");
        var commit = await MainAsync();

        var path = await Git.CheckoutAsync(Source.Path, commit, None);

        Directory.GetFileSystemEntries(Path.Combine(path, "vendor", "lib")).ShouldBeEmpty();
        (await Git.ListFilesAsync(Source.Path, commit, None)).ShouldNotContain("vendor/lib");
    }

    [Fact]
    public async Task No_filter_and_no_hook_of_the_repository_ever_runs()
    {
        var trace = Data.Combine("ran");
        Source.Commit("Filter", (".gitattributes", "* filter=evil\n"));
        Source.Git("config", "filter.evil.smudge", $"touch {trace}");
        Source.Git("config", "filter.evil.clean", $"touch {trace}");
        Source.Git("config", "core.fsmonitor", $"touch {trace}");
        foreach (var hook in (string[])["pre-receive", "update", "post-receive", "post-update", "reference-transaction"])
        {
            var file = Source.Write($".git/hooks/{hook}", $"#!/bin/sh\ntouch {trace}\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        var commit = await MainAsync();
        await Git.CheckoutAsync(Source.Path, commit, None);
        await Git.InspectAsync(Source.Path, None);
        var lease = await Git.LeaseAsync(Source.Path, "lease", commit, None);
        Write(lease, "src/app.py", "print('changed')\n");
        var changed = await Git.CommitAsync(lease, Message(), Time, None);
        await Git.PublishAsync(Source.Path, "moss/evolution-1", changed!.Value, None);

        File.Exists(trace).ShouldBeFalse();
    }
}
