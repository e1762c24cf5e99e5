using System.Formats.Tar;
using System.Text;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class ArchivingTests : WorkspaceTest
{
    [Fact]
    public async Task An_archive_holds_every_file_of_the_commit_and_no_git()
    {
        var commit = new CommitHash(Source.Commit("More", ("a/with \"quotes\" and ü", "x"), ("b/:(top)magic*", "y")));
        Source.Write("not committed", "");

        (await NamesAsync(commit)).ShouldBe(["README.md", "a/with \"quotes\" and ü", "b/:(top)magic*", "src/app.py"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_to_be_left_out_is_left_out_with_all_below_it_and_nothing_that_only_resembles_it()
    {
        var commit = new CommitHash(Source.Commit("More", ("cases/one.json", ""), ("cases/deep/two.json", ""), ("cases.py", ""), ("old/cases/x", ""), ("s*", ""), ("so", "")));

        (await NamesAsync(commit, "cases", "s*", "nothing")).ShouldBe(["README.md", "cases.py", "old/cases/x", "so", "src/app.py"], ignoreOrder: true);
    }

    [Fact]
    public async Task Bytes_and_the_right_to_execute_come_as_they_are_whatever_gitattributes_says()
    {
        Source.Commit("Odd", ("run.sh", "#!/bin/sh\r\n$Format:%H$ $Id$\n"), ("secret.py", "x"), (".gitattributes", "*.py export-ignore\n*.sh export-subst ident text eol=lf\n"));
        File.SetUnixFileMode(Source.Combine("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var commit = new CommitHash(Source.Commit("Executable"));
        // A mirror that an earlier Moss made says nothing of archives.
        await Git.ListFilesAsync(Source.Path, commit, None);
        File.WriteAllText(Directory.GetFiles(Data.Path, "attributes", SearchOption.AllDirectories).ShouldHaveSingleItem(), "");

        var entries = await EntriesAsync(commit);

        entries.Keys.ShouldContain("secret.py");
        entries["run.sh"].Text.ShouldBe(Source.Show("HEAD", "run.sh") + "\n");
        entries["run.sh"].Mode.ShouldSatisfyAllConditions(
            mode => mode.HasFlag(UnixFileMode.OtherExecute).ShouldBeTrue(), mode => mode.HasFlag(UnixFileMode.OtherWrite).ShouldBeFalse());
        entries["README.md"].Mode.HasFlag(UnixFileMode.OtherRead).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_is_a_link_wherever_it_leads()
    {
        File.CreateSymbolicLink(Source.Combine("link"), "/etc/passwd");

        (await EntriesAsync(new(Source.Commit("Link"))))["link"].Link.ShouldBe("/etc/passwd");
    }

    [Fact]
    public async Task Nothing_is_left_once_an_archive_is_made()
    {
        var commit = await MainAsync();

        await using (var archive = await Git.ArchiveAsync(Source.Path, commit, [], None))
        {
            Directory.GetFileSystemEntries(Data.Combine("mirrors", "home")).Select(Path.GetFileName).ShouldBe(["gitconfig"]);
        }
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_refused() =>
        (await RefusalOf(() => Git.ArchiveAsync(Source.Path, new(new string('a', 40)), [], None))).ShouldContain("has no commit");

    private async Task<IEnumerable<string>> NamesAsync(CommitHash commit, params string[] without) => (await EntriesAsync(commit, without)).Keys;

    private async Task<Dictionary<string, Entry>> EntriesAsync(CommitHash commit, params string[] without)
    {
        var found = new Dictionary<string, Entry>(StringComparer.Ordinal);
        await using var archive = await Git.ArchiveAsync(Source.Path, commit, [.. without], None);
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.SymbolicLink)
            {
                using var content = new MemoryStream();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content);
                found.Add(entry.Name, new(Encoding.UTF8.GetString(content.ToArray()), entry.LinkName, entry.Mode));
            }
        }

        return found;
    }

    private sealed record Entry(string Text, string Link, UnixFileMode Mode);
}
