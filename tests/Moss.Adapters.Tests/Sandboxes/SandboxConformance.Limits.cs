using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Sandboxes;

public abstract partial class SandboxConformance
{
    [Fact]
    public async Task A_fork_bomb_stops_at_the_limit()
    {
        var spec = Python("""
            import os, time
            count = 0
            try:
                while count < 500:
                    if os.fork() == 0:
                        time.sleep(30); os._exit(0)
                    count += 1
            except OSError:
                pass
            print(count)
            """);

        var count = int.Parse(await OutputAsync(spec with { Limits = spec.Limits with { Processes = 20 } }), System.Globalization.CultureInfo.InvariantCulture);

        count.ShouldBeInRange(15, 20);
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task Threads_count_as_processes()
    {
        var spec = Python("""
            import threading
            count = 0
            done = threading.Event()
            try:
                for _ in range(200):
                    threading.Thread(target=done.wait, daemon=True).start(); count += 1
            except RuntimeError:
                pass
            print(count); done.set()
            """);

        var count = int.Parse(await OutputAsync(spec with { Limits = spec.Limits with { Processes = 20 } }), System.Globalization.CultureInfo.InvariantCulture);

        count.ShouldBeLessThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("kept = [bytearray(20_000_000) for _ in range(50)]")]
    [InlineData("import mmap\nkept = []\nfor _ in range(50):\n    kept.append(mmap.mmap(-1, 20_000_000)); kept[-1].write(b'x' * 20_000_000)")]
    public async Task A_memory_hog_is_stopped(string eat)
    {
        var spec = Python(eat + "\nprint('ate it all')");

        var result = await ExitAsync(spec with { Limits = spec.Limits with { MemoryBytes = 128 << 20 } });

        result.Code.ShouldNotBe(0);
        result.Output.ShouldBe("");
    }

    [Fact]
    public async Task A_busy_loop_is_stopped_when_its_processor_time_is_used_up()
    {
        var spec = Python("while True: pass");

        var result = await ExitAsync(spec with { Limits = spec.Limits with { Cpu = TimeSpan.FromSeconds(1) } });

        // SIGXCPU, or SIGKILL a second later.
        result.Code.ShouldBeOneOf(128 + 24, 137);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_written()
    {
        var output = HostFolder("out");
        var spec = Shell("head -c 3000000 /dev/zero > /moss/out/big", new SandboxMount.Writable(output, "/moss/out"));

        (await ExitAsync(spec with { Limits = spec.Limits with { FileBytes = 1_000_000 } })).Code.ShouldNotBe(0);

        new FileInfo(Path.Combine(output, "big")).Length.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task Open_files_are_limited()
    {
        var spec = Python("kept = [open('/dev/null') for _ in range(100)]");

        (await ExitAsync(spec with { Limits = spec.Limits with { OpenFiles = 32 } })).Error.ShouldContain("Too many open files");
    }

    [Fact]
    public async Task A_flood_of_output_is_cut_and_does_not_block()
    {
        var spec = Shell("head -c 30000000 /dev/zero | tr '\\0' x; head -c 30000000 /dev/zero | tr '\\0' y >&2; exit 5");

        var result = await ExitAsync(spec with { Limits = spec.Limits with { OutputBytes = 1000 } });

        result.Code.ShouldBe(5);
        result.Truncated.ShouldBeTrue();
        result.Output.ShouldBe(new string('x', 1000));
        result.Error.ShouldBe(new string('y', 1000));
    }
}
