using Moss.Testing;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class InspectingTests : WorkspaceTest
{
    [Fact]
    public async Task A_clean_repository_has_a_branch_and_nothing_to_say()
    {
        Source.Branch("feature");

        var state = await Git.InspectAsync(Source.Path, None);

        state.Branch.ShouldBe("feature");
        state.Branches.ShouldBe(["feature", "main"]);
        state.Bare.ShouldBeFalse();
        state.Dirty.ShouldBeFalse();
        state.Warning.ShouldBeNull();
        state.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Uncommitted_changes_and_new_files_make_it_dirty()
    {
        Source.Write("src/app.py", "changed\n");
        Source.Write("ü.txt", "new\n");

        var state = await Git.InspectAsync(Source.Path, None);

        state.Dirty.ShouldBeTrue();
        state.Uncommitted.ShouldBe(["src/app.py", "ü.txt"]);
        state.Warning!.ShouldContain("(src/app.py, ü.txt)");
        state.Warning!.ShouldContain("commit or stash them");
    }

    [Fact]
    public async Task Ignored_files_do_not_make_it_dirty()
    {
        Source.Commit("Ignore", (".gitignore", "*.log\n"));
        Source.Write("x.log", "x");

        (await Git.InspectAsync(Source.Path, None)).Dirty.ShouldBeFalse();
    }

    [Fact]
    public async Task A_bare_repository_is_fine()
    {
        using var folder = new TemporaryFolder();
        Source.Git("clone", "--quiet", "--bare", Source.Path, folder.Combine("bare.git"));

        var state = await Git.InspectAsync(folder.Combine("bare.git"), None);

        state.Bare.ShouldBeTrue();
        state.Dirty.ShouldBeFalse();
        state.Branch.ShouldBe("main");
    }

    [Fact]
    public async Task A_detached_head_is_no_branch()
    {
        Source.Git("checkout", "--quiet", "--detach");

        (await Git.InspectAsync(Source.Path, None)).Branch.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_left_out_is_said()
    {
        Source.Git("update-index", "--add", "--cacheinfo", $"160000,{Source.Head},vendor/lib");
        Directory.CreateDirectory(Source.Combine("vendor", "lib"));
        Source.Commit("Leave out", ("data/.gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"));

        var notes = (await Git.InspectAsync(Source.Path, None)).Notes;

        notes.Length.ShouldBe(2);
        notes[0].ShouldContain("vendor/lib");
        notes[1].ShouldContain("Git LFS");
    }
}
