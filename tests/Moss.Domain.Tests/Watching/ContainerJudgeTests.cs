using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

public sealed class ContainerJudgeTests
{
    private static readonly ContainerSight Running = new(Runs: true, ContainerEnd.NotSeen);
    private static readonly ContainerSight Gone = new(Runs: false, ContainerEnd.ByItself) { ExitCode = 3 };

    [Fact]
    public void One_that_runs_as_it_was_started_lives() => ContainerJudge.Rule(Running, 0).ShouldBe(new InstanceSighting.Lives());

    [Fact]
    public void An_exit_is_told_with_its_code() => Detail(Gone).ShouldBe("its container ended with exit code 3");

    [Fact]
    public void One_that_ended_by_itself_and_was_started_by_somebody_else_ended_all_the_same() =>
        Detail(Gone with { Runs = true, StartedAgain = true }).ShouldBe("its container ended with exit code 3 and was started again");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Out_of_memory_is_told_whether_it_still_runs_or_not(bool runs) =>
        Detail(new ContainerSight(runs, ContainerEnd.NotSeen) { OutOfMemory = true, ExitCode = runs ? null : 137 })
            .ShouldBe($"its container ran out of memory{(runs ? "" : " with exit code 137")}: the kernel killed a process in it");

    [Theory]
    [InlineData(1, "once")]
    [InlineData(7, "7 times")]
    public void One_that_its_engine_started_again_ended_as_often(int restarts, string times) =>
        Detail(Running with { StartedAgain = true, Restarts = restarts, ExitCode = 1 })
            .ShouldBe($"its container ended with exit code 1 and the engine started it again, {times}");

    [Theory]
    [InlineData(ContainerEnd.WithEngine)]
    [InlineData(ContainerEnd.Stopped)]
    [InlineData(ContainerEnd.NotSeen)]
    public void One_that_was_started_again_without_having_ended_by_itself_lives(ContainerEnd end) =>
        ContainerJudge.Rule(Running with { StartedAgain = true, End = end }, 5).ShouldBe(new InstanceSighting.Lives());

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void One_that_ended_with_its_engine_is_started_again_however_often_that_happens(int repairs) =>
        ContainerJudge.Rule(Gone with { End = ContainerEnd.WithEngine, ExitCode = 137 }, repairs).ShouldBeNull();

    [Theory]
    [InlineData(ContainerEnd.Stopped)]
    [InlineData(ContainerEnd.NotSeen)]
    public void One_that_was_stopped_or_of_whose_end_nothing_is_known_is_started_again_once(ContainerEnd end)
    {
        ContainerJudge.Rule(Gone with { End = end }, 0).ShouldBeNull();
        ContainerJudge.Rule(Gone with { End = end }, 1).ShouldBe(
            new InstanceSighting.Ended("its container was started again by the watch, and stopped with exit code 3"));
    }

    private static string Detail(ContainerSight sight) => ContainerJudge.Rule(sight, 0).ShouldBeOfType<InstanceSighting.Ended>().Detail;
}
