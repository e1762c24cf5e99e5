using System.Net.Sockets;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Sandboxes;

public abstract partial class SandboxConformance
{
    [Fact]
    public async Task The_inside_sees_the_system_and_its_mounts_and_nothing_else()
    {
        var source = HostFolder("source");
        await File.WriteAllTextAsync(Path.Combine(source, "agent.py"), "print('hello')");

        var top = await OutputAsync(Shell("ls -A / && ls -A /moss && cat /moss/source/agent.py", new SandboxMount.ReadOnly(source, "/moss/source")));

        var seen = top.Split('\n');
        seen.ShouldNotContain("root");
        seen.ShouldNotContain("home");
        seen.ShouldNotContain("work");
        seen.ShouldContain("moss");
        seen.ShouldContain("source");
        seen.ShouldContain("print('hello')");
    }

    [Fact]
    public async Task The_host_s_users_and_secrets_of_etc_are_not_shown()
    {
        var seen = (await OutputAsync(Shell("ls -A /etc; cat /etc/passwd; ls -A /etc/ssl 2>/dev/null || true"))).Split('\n');

        seen.ShouldNotContain("shadow");
        seen.ShouldNotContain("machine-id");
        seen.ShouldNotContain("private");
        seen.ShouldContain("trial:x:1000:1000:trial:/tmp/home:/bin/sh");
    }

    [Fact]
    public async Task A_socket_of_the_host_can_be_reached_where_it_is_mounted_and_nothing_else_by_that()
    {
        var path = Path.Combine(HostFolder("s"), "m");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        // As the model proxy does: the user inside may be another one.
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);

        var run = OutputAsync(Python(
            "import socket, os; s = socket.socket(socket.AF_UNIX); s.connect('/moss/model.sock'); s.sendall(b'asked'); print(s.recv(9).decode(), os.listdir('/moss'), socket.if_nameindex())",
            new SandboxMount.Writable(path, "/moss/model.sock")));
        using var client = await listener.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var piece = new byte[9];
        var read = await client.ReceiveAsync(piece);
        await client.SendAsync("answered"u8.ToArray());

        piece[..read].ShouldBe("asked"u8.ToArray());
        (await run).ShouldBe("answered ['model.sock'] [(1, 'lo')]");
    }

    [Fact]
    public async Task A_read_only_source_cannot_be_written()
    {
        var source = HostFolder("source");
        var file = Path.Combine(source, "agent.py");
        await File.WriteAllTextAsync(file, "before");

        var result = await ExitAsync(Shell(
            """
            echo after > /moss/source/agent.py; rm -f /moss/source/agent.py; mv /moss/source/agent.py /moss/source/x
            echo new > /moss/source/new; chmod 777 /moss/source/agent.py; mount -o remount,rw /moss/source
            exit 3
            """, new SandboxMount.ReadOnly(source, "/moss/source")));

        result.Code.ShouldBe(3);
        (await File.ReadAllTextAsync(file)).ShouldBe("before");
        Directory.EnumerateFileSystemEntries(source).ShouldBe([file]);
    }

    [Fact]
    public async Task A_writable_mount_keeps_what_was_written_and_who_runs_Moss_can_read_it()
    {
        var output = HostFolder("out");

        await OutputAsync(Shell("umask 077; mkdir /moss/out/deep; echo 42 > /moss/out/deep/answer.json", new SandboxMount.Writable(output, "/moss/out")));

        (await File.ReadAllTextAsync(Path.Combine(output, "deep", "answer.json"))).ShouldBe("42\n");
    }

    [Fact]
    public async Task A_single_file_can_be_mounted()
    {
        var scenario = Path.Combine(HostFolder("scenarios"), "one.json");
        await File.WriteAllTextAsync(scenario, "{}");

        (await OutputAsync(Shell("cat /moss/scenario.json; ls /moss", new SandboxMount.ReadOnly(scenario, "/moss/scenario.json")))).ShouldBe("{}scenario.json");
    }

    [Fact]
    public async Task A_later_mount_covers_an_earlier_one()
    {
        var tree = HostFolder("tree");
        Directory.CreateDirectory(Path.Combine(tree, "scenarios"));
        await File.WriteAllTextAsync(Path.Combine(tree, "scenarios", "held-out.json"), "secret");
        await File.WriteAllTextAsync(Path.Combine(tree, ".mcp.json"), "secret");
        var own = HostFolder("own");
        await File.WriteAllTextAsync(Path.Combine(own, "batch.json"), "mine");

        var seen = await OutputAsync(Shell(
            "ls /moss/source/scenarios; cat /moss/source/.mcp.json; cat /moss/source/scenarios/task/batch.json",
            new SandboxMount.Writable(tree, "/moss/source"),
            new SandboxMount.Empty("/moss/source/scenarios"),
            new SandboxMount.Empty("/moss/source/.mcp.json"),
            new SandboxMount.ReadOnly(own, "/moss/source/scenarios/task")));

        seen.ShouldBe("task\nmine");
        (await File.ReadAllTextAsync(Path.Combine(tree, ".mcp.json"))).ShouldBe("secret");
    }

    [Fact]
    public async Task The_temporary_folder_is_private_and_gone_afterwards()
    {
        var own = Path.Combine(Path.GetTempPath(), $"moss-{Mark}");
        await File.WriteAllTextAsync(own, "host");
        try
        {
            (await OutputAsync(Shell("ls -A /tmp; echo x > /tmp/left; echo y > $HOME/left; cat /tmp/left $HOME/left"))).ShouldBe("home\nx\ny");
            (await OutputAsync(Shell("ls -A /tmp"))).ShouldBe("home");
            File.Exists("/tmp/left").ShouldBeFalse();
        }
        finally
        {
            File.Delete(own);
        }
    }

    [Fact]
    public async Task Nothing_outside_the_writable_places_can_be_written()
    {
        var result = await OutputAsync(Shell(
            """
            for place in / /usr /usr/bin /etc /dev /proc /proc/sys/kernel/core_pattern /etc/passwd /bin/sh; do
              if [ -d $place ]; then touch $place/x 2>/dev/null && echo $place; elif (: >> $place) 2>/dev/null; then echo $place; fi
            done
            true
            """));

        result.ShouldBe("");
    }

    [Fact]
    public async Task No_setting_of_the_kernel_can_be_changed()
    {
        // Also root's: a core_pattern written in here would run on the host, as root.
        var opened = await OutputAsync(Python("""
            import os, stat
            for folder, folders, files in os.walk('/proc'):
                folders[:] = [name for name in folders if not name.isdigit() and name not in ('self', 'thread-self')]
                for name in files:
                    try:
                        # What is hidden behind /dev/null takes everything and changes nothing.
                        opened = os.open(os.path.join(folder, name), os.O_WRONLY)
                        if not stat.S_ISCHR(os.fstat(opened).st_mode): print(folder, name)
                        os.close(opened)
                    except OSError:
                        pass
            """));

        opened.ShouldBe("");
    }

    [Fact]
    public async Task What_the_kernel_tells_root_alone_is_hidden() =>
        (await OutputAsync(Shell("for file in kcore kmsg timer_list vmallocinfo slabinfo; do timeout 5 head -c 1 /proc/$file 2>/dev/null; done; true"))).ShouldBe("");

    [Fact]
    public async Task Folders_in_memory_are_bounded()
    {
        var spec = Shell("for place in /tmp /dev/shm /moss/empty; do dd if=/dev/zero of=$place/big bs=1M count=8 2>/dev/null && echo $place; done; true",
            new SandboxMount.Empty("/moss/empty"));

        (await OutputAsync(spec with { Limits = spec.Limits with { TemporaryBytes = 4 << 20 } })).ShouldBe("");
    }

    [Fact]
    public async Task An_empty_folder_can_be_written_also_where_it_covers_another()
    {
        var tree = HostFolder("tree");
        Directory.CreateDirectory(Path.Combine(tree, "cache"));

        (await OutputAsync(Shell("echo x > /moss/source/cache/x && echo y > /moss/empty/y && ls /moss/source/cache /moss/empty",
            new SandboxMount.ReadOnly(tree, "/moss/source"),
            new SandboxMount.Empty("/moss/source/cache"),
            new SandboxMount.Empty("/moss/empty")))).ShouldBe("/moss/empty:\ny\n\n/moss/source/cache:\nx");
        Directory.EnumerateFileSystemEntries(Path.Combine(tree, "cache")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mount_without_a_source_says_which()
    {
        var result = await Engine.RunAsync(Shell("true", new SandboxMount.ReadOnly(Folder.Combine("nowhere"), "/moss/source")), CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("nowhere");
    }

    [Fact]
    public async Task A_mount_through_a_link_that_a_candidate_could_have_made_is_refused()
    {
        var tree = HostFolder("tree");
        var victim = HostFolder("victim");
        Directory.CreateSymbolicLink(Path.Combine(tree, "scenarios"), $"/oldroot{victim}");

        var result = await Engine.RunAsync(
            Shell("true", new SandboxMount.Writable(tree, "/moss/source"), new SandboxMount.Empty("/moss/source/scenarios/deep")), CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("symbolic link");
        Directory.EnumerateFileSystemEntries(victim).ShouldBeEmpty();
    }
}
