using System.Diagnostics;
using System.Text;

namespace Moss.Adapters.Tests.Api;

public sealed class FileToolsTests : IDisposable
{
    private readonly ToolBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret.txt")]
    [InlineData("src/../../secret.txt")]
    [InlineData("../workshop/a.txt")]
    [InlineData("/proc/self/environ")]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task Nothing_elsewhere_can_be_read_or_changed(string path)
    {
        bench.Write("secret.txt", "x = 1");
        bench.Write("workshop/a.txt", "x = 1");

        foreach (var (tool, input) in new (string, object)[]
        {
            ("read_file", new { path }), ("search", new { pattern = "x", path }), ("list_files", new { path }),
            ("edit_file", new { path, old_string = "x", new_string = "y" }), ("write_file", new { path, content = "y" }),
        })
        {
            (await bench.RefusedAsync(tool, input)).ShouldMatch("is elsewhere: only|must have a name");
        }

        File.ReadAllText(Path.Combine(bench.WorkTree, "..", "secret.txt")).ShouldBe("x = 1");
    }

    [Fact]
    public async Task The_task_can_be_read_and_not_changed()
    {
        var prompt = bench.Write("task/prompt.md", "do it");

        (await bench.DoneAsync("read_file", new { path = prompt })).ShouldBe("do it");
        (await bench.RefusedAsync("write_file", new { path = prompt, content = "rest" })).ShouldContain("can be changed");
        File.ReadAllText(prompt).ShouldBe("do it");
    }

    [Fact]
    public async Task A_report_is_no_file_and_the_refusal_says_where_it_goes() =>
        (await bench.RefusedAsync("write_file", new { path = "/moss/out/report.json", content = "{}" })).ShouldContain("last ```json block");

    [Fact]
    public async Task A_pipe_is_an_empty_file_and_nobody_waits_for_its_other_end()
    {
        Process.Start("mkfifo", Path.Combine(bench.WorkTree, "pipe")).WaitForExit();

        (await bench.DoneAsync("read_file", new { path = "pipe" })).ShouldBe("");
        (await bench.DoneAsync("search", new { pattern = "x" })).ShouldBe("[nothing found]");
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        bench.Write("outside/secret.txt", "secret");
        File.CreateSymbolicLink(Path.Combine(bench.WorkTree, "file"), Path.Combine(bench.WorkTree, "..", "outside", "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(bench.WorkTree, "folder"), Path.Combine(bench.WorkTree, "..", "outside"));

        (await bench.RefusedAsync("read_file", new { path = "file" })).ShouldContain("links are not followed");
        (await bench.RefusedAsync("read_file", new { path = "folder/secret.txt" })).ShouldContain("links are not followed");
        (await bench.RefusedAsync("write_file", new { path = "folder/new.txt", content = "x" })).ShouldContain("links are not followed");
        (await bench.DoneAsync("search", new { pattern = "secret" })).ShouldBe("[nothing found]");
        (await bench.DoneAsync("list_files", new { })).ShouldBe("[no files]");
    }

    [Fact]
    public async Task A_file_is_read_whole_or_by_its_lines()
    {
        bench.Write("work/a.txt", "one\ntwo\nthree\n");

        (await bench.DoneAsync("read_file", new { path = "a.txt" })).ShouldBe("one\ntwo\nthree\n");
        (await bench.DoneAsync("read_file", new { path = Path.Combine(bench.WorkTree, "a.txt"), offset = 2, limit = 1 })).ShouldBe("two\n[lines 2 to 2 of 4]");
    }

    [Fact]
    public async Task What_is_no_text_or_not_there_is_told()
    {
        File.WriteAllBytes(Path.Combine(bench.WorkTree, "data.bin"), [0xff, 0xfe, 0x00]);
        Directory.CreateDirectory(Path.Combine(bench.WorkTree, "src"));

        (await bench.RefusedAsync("read_file", new { path = "data.bin" })).ShouldContain("not a text in UTF-8");
        (await bench.RefusedAsync("read_file", new { path = "src" })).ShouldContain("list_files");
        (await bench.RefusedAsync("read_file", new { path = "b.txt" })).ShouldContain("there is no file");
        (await bench.RefusedAsync("list_files", new { path = "gone" })).ShouldContain("there is no ");
        (await bench.RefusedAsync("write_file", new { path = "src", content = "x" })).ShouldContain("is a folder");
    }

    [Fact]
    public async Task A_text_that_is_there_once_is_replaced()
    {
        bench.Write("work/src/a.py", "x = 1\ny = 1\n");

        await bench.DoneAsync("edit_file", new { path = "src/a.py", old_string = "x = 1", new_string = "x = $0 {2}" });

        bench.Read("src/a.py").ShouldBe("x = $0 {2}\ny = 1\n");
    }

    [Theory]
    [InlineData("z = 1", "is not in the file")]
    [InlineData(" = 1", "more than once")]
    [InlineData("x = 1\ny", "end with \\r\\n")]
    [InlineData("", "is empty")]
    public async Task With_any_other_number_nothing_is_changed(string old, string reason)
    {
        bench.Write("work/a.py", "x = 1\r\ny = 1\r\n");

        (await bench.RefusedAsync("edit_file", new { path = "a.py", old_string = old, new_string = "2" })).ShouldContain(reason);

        bench.Read("a.py").ShouldBe("x = 1\r\ny = 1\r\n");
    }

    [Fact]
    public async Task Texts_that_overlap_are_more_than_one()
    {
        bench.Write("work/a.txt", "aaa");

        (await bench.RefusedAsync("edit_file", new { path = "a.txt", old_string = "aa", new_string = "b" })).ShouldContain("more than once");
    }

    [Fact]
    public async Task What_is_not_edited_stays_byte_for_byte()
    {
        var file = Path.Combine(bench.WorkTree, "a.txt");
        byte[] mark = [0xef, 0xbb, 0xbf];
        File.WriteAllBytes(file, [.. mark, .. "ä = 1\r\n"u8]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await bench.DoneAsync("edit_file", new { path = "a.txt", old_string = "1", new_string = "2" });

        File.ReadAllBytes(file).ShouldBe([.. mark, .. Encoding.UTF8.GetBytes("ä = 2\r\n")]);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_file_is_written_with_the_folders_that_lead_to_it()
    {
        await bench.DoneAsync("write_file", new { path = "new/deep/a.txt", content = "one\n" });
        await bench.DoneAsync("write_file", new { path = "new/deep/a.txt", content = "two\n" });

        bench.Read("new/deep/a.txt").ShouldBe("two\n");
    }

    [Fact]
    public async Task Lines_are_found_with_their_places()
    {
        bench.Write("work/b.py", "def f():\r\n    return 1\r\n");
        bench.Write("work/src/a.py", "def g():\n    return 2\n");
        File.WriteAllBytes(Path.Combine(bench.WorkTree, "c.bin"), [0, .. "return 3"u8]);

        (await bench.DoneAsync("search", new { pattern = "return \\d$" })).ShouldBe("b.py:2:     return 1\nsrc/a.py:2:     return 2");
        (await bench.DoneAsync("search", new { pattern = "^def", path = "src" })).ShouldBe("src/a.py:1: def g():");
        (await bench.DoneAsync("search", new { pattern = "^def", path = "b.py" })).ShouldBe("b.py:1: def f():");
        (await bench.DoneAsync("list_files", new { })).ShouldBe("b.py\nc.bin\nsrc/a.py");
    }

    [Fact]
    public async Task Too_much_to_show_is_told()
    {
        bench.Write("work/many.txt", string.Concat(Enumerable.Repeat("line\n", 300)));
        foreach (var at in Enumerable.Range(0, 1001))
        {
            bench.Write(FormattableString.Invariant($"work/files/{at}"), "");
        }

        var found = (await bench.DoneAsync("search", new { pattern = "line" })).Split('\n');
        var files = await bench.DoneAsync("list_files", new { });

        (found.Length, found[^1]).ShouldBe((201, "[there are more: search for less]"));
        files.ShouldEndWith("[there are more: ask for a folder of it]");
    }

    [Theory]
    [InlineData("(", "no regular expression")]
    [InlineData("^(a+)+$", "takes too long")]
    public async Task A_pattern_that_cannot_be_used_is_told(string pattern, string reason)
    {
        bench.Write("work/a.txt", new string('a', 64) + "!");

        (await bench.RefusedAsync("search", new { pattern })).ShouldContain(reason);
    }
}
