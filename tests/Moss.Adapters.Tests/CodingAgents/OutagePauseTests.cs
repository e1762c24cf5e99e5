using Moss.CodingAgents.Cases;

namespace Moss.Adapters.Tests.CodingAgents;

public sealed class OutagePauseTests
{
    [Theory]
    [InlineData(7, 1, 7)]
    [InlineData(300, 3, 300)]
    [InlineData(0, 1, 0)]
    [InlineData(301, 1, null)]
    [InlineData(7, 4, null)]
    [InlineData(null, 1, null)]
    public void It_is_waited_as_long_as_a_model_asks_for_but_not_too_long_and_not_too_often(int? asked, int tries, int? waited) =>
        OutagePause.Of(Span(asked), tries).ShouldBe(Span(waited));

    private static TimeSpan? Span(int? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
