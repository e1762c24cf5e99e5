using Moss.AgentChecks.Checks;
using Moss.AgentChecks.Measuring;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Checks;

public sealed class MeasuringTests
{
    private static readonly BarePlaces Places = new("/host/tree", "/host/session", "/usr/share/dotnet", "/work/bin/tools", "http://127.0.0.1:5000");

    [Theory]
    [InlineData("/work", "/host/tree")]
    [InlineData("in /work/src/a.py, `/work`:", "in /host/tree/src/a.py, `/host/tree`:")]
    [InlineData("/moss/bin:/moss/dotnet:/usr/bin", "/host/session/bin:/usr/share/dotnet:/usr/bin")]
    [InlineData("/moss/tools/Moss.AgentTools.dll", "/work/bin/tools/Moss.AgentTools.dll")]
    [InlineData("base_url=\"http://127.0.0.1:4141/v1\"", "base_url=\"http://127.0.0.1:5000/v1\"")]
    [InlineData("/srv/work/x /workspace /work-tree http://127.0.0.1:41410", "/srv/work/x /workspace /work-tree http://127.0.0.1:41410")]
    public void What_a_jail_has_at_places_of_its_own_is_named_where_the_host_has_it(string inside, string outside) => Places.Outside(inside).ShouldBe(outside);

    [Theory]
    [InlineData(new[] { 3.0, 1.0, 2.0 }, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 3.0 }, 2.5)]
    [InlineData(new[] { 0.1234 }, 0.123)]
    public void The_median_is_the_one_in_the_middle(double[] seconds, double median) => Overhead.Median(seconds).ShouldBe(median);

    [Fact]
    public void The_overhead_is_what_is_left_when_the_program_alone_is_taken_away() => new Overhead(0.5, 1.25).Seconds.ShouldBe(0.75);

    [Fact]
    public async Task The_program_of_an_agent_says_its_version()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Write("speaker", "#!/bin/sh\necho \"speaker-cli v2.10.3-beta.1 (abc)\"\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(folder.Write("mute", "#!/bin/sh\nexit 1\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await ProgramVersion.OfAsync("speaker", [folder.Path], CancellationToken.None)).ShouldBe("2.10.3-beta.1");
        (await ProgramVersion.OfAsync("mute", [folder.Path], CancellationToken.None)).ShouldBeNull();
        (await ProgramVersion.OfAsync("openai-api", [], CancellationToken.None)).ShouldBe("part of Moss");
    }

    [Fact]
    public void A_reason_is_one_line_and_not_too_long()
    {
        Reason.Of(new InvalidOperationException("one\n    two\r\n three")).ShouldBe("one two three");
        Reason.Of(new InvalidOperationException(new string('x', 5000))).Length.ShouldBe(601);
    }
}
