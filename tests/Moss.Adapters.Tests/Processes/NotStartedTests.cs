using System.Collections.Immutable;
using Moss.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Processes;

public sealed class NotStartedTests : IDisposable
{
    private readonly ProcessRunner runner = new(ProcessLauncher.Shared, TimeProvider.System);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task A_program_that_is_not_on_the_path() => IsRefusedAsync(new ProcessInvocation("no-such-program", []), "'no-such-program' is not on the PATH");

    [Fact]
    public Task A_path_that_is_not_there() => IsRefusedAsync(new ProcessInvocation("/no/such/program", []), "No such file");

    [Fact]
    public Task A_file_that_is_no_program() => IsRefusedAsync(new ProcessInvocation(folder.Write("text", "hello"), []), "Permission denied");

    [Fact]
    public Task A_program_of_no_known_kind()
    {
        var file = folder.Write("noise", "hello");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return IsRefusedAsync(new ProcessInvocation(file, []), "Exec format error");
    }

    [Fact]
    public Task A_working_directory_that_is_not_there() =>
        IsRefusedAsync(new ProcessInvocation("/bin/true", []) { WorkingDirectory = folder.Combine("gone") }, "working directory");

    [Fact]
    public Task An_empty_name() => IsRefusedAsync(new ProcessInvocation("", []), "empty");

    [Fact]
    public Task An_argument_with_a_NUL() => IsRefusedAsync(new ProcessInvocation("/bin/echo", ["a\0b"]), "NUL");

    [Fact]
    public Task A_variable_with_an_equals_sign_in_its_name() =>
        IsRefusedAsync(new ProcessInvocation("/bin/true", []) { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("A=B", "c") }, "A=B");

    [Fact]
    public Task Arguments_that_are_larger_than_the_system_takes() =>
        IsRefusedAsync(new ProcessInvocation("/bin/echo", [new string('x', 4_000_000)]), "too long");

    private async Task IsRefusedAsync(ProcessInvocation invocation, string reason)
    {
        var before = Directory.GetFileSystemEntries("/proc/self/fd").Length;

        for (var time = 0; time < 100; time++)
        {
            (await runner.RunAsync(invocation, CancellationToken.None)).ShouldBeOfType<ProcessResult.NotStarted>().Reason.ShouldContain(reason);
        }

        Directory.GetFileSystemEntries("/proc/self/fd").Length.ShouldBeLessThan(before + 100, "no pipe is left open");
    }
}
