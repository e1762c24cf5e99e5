using System.Diagnostics;
using Moss.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Processes;

public sealed class ProcessTableTests
{
    [Fact]
    public void A_process_knows_itself()
    {
        ProcessTable.Self.Pid.ShouldBe(Environment.ProcessId);
        ProcessTable.IsAlive(ProcessTable.Self).ShouldBeTrue();
    }

    [Fact]
    public void Another_process_with_the_same_pid_is_another_process()
    {
        ProcessTable.IsAlive(ProcessTable.Self with { StartTicks = ProcessTable.Self.StartTicks - 1 }).ShouldBeFalse();
        ProcessTable.IsAlive(ProcessTable.Self with { Boot = "before the last reboot" }).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_has_a_pid_that_cannot_be() => ProcessTable.Identify(int.MaxValue).ShouldBeNull();

    [Theory]
    [InlineData("42 (sh) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12345 100", 'S', 12345L)]
    [InlineData("42 (a) b) Z 9 9 (x) R 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 777 100", 'R', 777L)]
    [InlineData("42 (sh) Z 1 42", null, null)]
    [InlineData("", null, null)]
    public void A_name_with_parentheses_does_not_shift_the_fields(string stat, char? state, long? ticks) =>
        ProcessTable.ParseStat(ProcessTable.Fields(stat)).ShouldBe((state, ticks));

    [Fact]
    public void An_identity_survives_being_written_down() => ProcessIdentity.Parse(ProcessTable.Self.ToString()).ShouldBe(ProcessTable.Self);

    [Fact]
    public void A_process_is_found_while_it_becomes_another_program()
    {
        using var folder = new TemporaryFolder();
        var mark = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("/bin/sh", [folder.Write("again", "exec /bin/sh \"$0\"\n")]);
        start.Environment["MOSS_TEST_MARK"] = mark;
        using var process = Process.Start(start)!;
        try
        {
            for (var look = 0; look < 100; look++)
            {
                ProcessTable.StartedWith("MOSS_TEST_MARK", mark).Select(found => found.Pid).ShouldBe([process.Id]);
            }
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void A_process_without_any_environment_is_not_waited_for()
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/env", ["-i", "/bin/sh", "-c", "exec sleep 60"]))!;
        try
        {
            var looks = Enumerable.Range(0, 20).Select(_ => ProcessTable.StartedWith("MOSS_TEST_MARK", "nobody").Count);
            looks.Sum().ShouldBe(0);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12.13")]
    [InlineData("12.13.")]
    [InlineData("0.13.boot")]
    [InlineData("-5.13.boot")]
    [InlineData("x.13.boot")]
    public void What_is_no_identity_is_not_read_as_one(string text) => ProcessIdentity.Parse(text).ShouldBeNull();
}
