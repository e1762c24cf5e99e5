using Moss.Replays.Sandboxed;
using Moss.Testing;

namespace Moss.Adapters.Tests.Replays;

public sealed class TreeCopyTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void Links_stay_links_modes_stay_and_the_copy_can_be_written()
    {
        var script = root.Write("from/bin/run.sh", "#!/bin/sh");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(root.Combine("from", "link"), "/etc/passwd");
        Directory.CreateSymbolicLink(root.Combine("from", "folder"), "bin");

        Copy();

        new FileInfo(root.Combine("to", "link")).LinkTarget.ShouldBe("/etc/passwd");
        new DirectoryInfo(root.Combine("to", "folder")).LinkTarget.ShouldBe("bin");
        var mode = File.GetUnixFileMode(root.Combine("to", "bin", "run.sh"));
        (mode & (UnixFileMode.UserWrite | UnixFileMode.UserExecute)).ShouldBe(UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void What_is_left_out_becomes_an_empty_folder()
    {
        root.Write("from/scenarios/deep/one.json", "secret");
        root.Write("from/main.py", "code");

        Copy("scenarios");

        Directory.GetFileSystemEntries(root.Combine("to", "scenarios")).ShouldBeEmpty();
        File.ReadAllText(root.Combine("to", "main.py")).ShouldBe("code");
    }

    private void Copy(params string[] leaveOut)
    {
        Directory.CreateDirectory(root.Combine("to"));
        TreeCopy.Copy(root.Combine("from"), root.Combine("to"), leaveOut);
    }
}
