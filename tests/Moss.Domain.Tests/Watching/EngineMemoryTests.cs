using Moss.Domain.Tests.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

/// <summary>The sequences are those that a Docker daemon wrote, from the start of the container by Moss on.</summary>
public sealed class EngineMemoryTests
{
    [Theory]
    [InlineData("start die:3", ContainerEnd.ByItself)]
    [InlineData("start oom die:137", ContainerEnd.ByItself)]
    [InlineData("start die:3 start", ContainerEnd.ByItself)]
    [InlineData("start kill:15 kill:9 die:137 stop", ContainerEnd.Stopped)]
    [InlineData("start kill:15 die:143 stop start restart", ContainerEnd.Stopped)]
    [InlineData("start kill:15 die:143 stop start die:3", ContainerEnd.ByItself)]
    [InlineData("start kill:1 die:3", ContainerEnd.ByItself)]
    [InlineData("start kill:28 die:0 stop", ContainerEnd.Stopped)]
    [InlineData("start", ContainerEnd.NotSeen)]
    public void What_an_engine_saw_end_ended_by_itself_or_was_stopped(string doings, ContainerEnd end) => Memory(doings).End().ShouldBe(end);

    [Theory]
    [InlineData("")]
    [InlineData("kill:15 kill:9 die:137 stop")]
    [InlineData("kill:15 kill:9 die:137 stop start")]
    [InlineData("die:137")]
    [InlineData("die:137 start")]
    public void An_engine_that_did_not_start_it_was_started_after_it(string doings) => Memory(doings).End().ShouldBe(ContainerEnd.WithEngine);

    [Fact]
    public void What_such_an_engine_started_and_saw_end_ended_by_itself() =>
        Memory("kill:15 die:143 stop start die:3").End().ShouldBe(ContainerEnd.ByItself);

    [Theory]
    [InlineData("", ContainerEnd.NotSeen)]
    [InlineData("kill:15 die:143 stop", ContainerEnd.Stopped)]
    [InlineData("die:3", ContainerEnd.ByItself)]
    public void An_engine_that_has_forgotten_things_proves_no_restart_of_its_own(string doings, ContainerEnd end) =>
        (Memory(doings) with { Whole = false }).End().ShouldBe(end);

    [Fact]
    public void What_happened_before_the_run_does_not_count()
    {
        var memory = Memory("start oom die:137 start");

        memory.OutOfMemory.ShouldBeTrue();
        var since = memory.Since(memory.Doings[^1].At);
        (since.OutOfMemory, since.ExitCode, since.End()).ShouldBe((false, null, ContainerEnd.NotSeen));
    }

    [Fact]
    public void The_last_exit_code_is_known() => Memory("start die:3 start die:4").ExitCode.ShouldBe(4);

    private static EngineMemory Memory(string doings) => new(
        [.. doings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((doing, at) => Doing(doing.Split(':'), Some.Noon.AddSeconds(at)))], Whole: true);

    private static EngineDoing Doing(string[] doing, DateTimeOffset at) => new(doing[0], at)
    {
        ExitCode = doing is [EngineDoing.Ended, var code] ? int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) : null,
        Signal = doing is [EngineDoing.Signalled, var signal] ? signal : null,
    };
}
