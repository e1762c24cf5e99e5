using Moss.CodingAgents;

namespace Moss.Adapters.Tests.CodingAgents.Roles;

public sealed class FinalBlockTests
{
    [Fact]
    public void The_last_json_block_is_the_report() =>
        FinalBlock.Find("First\n```json\n{\"a\":1}\n```\nthen\r\n```JSON\r\n{\"a\":\r\n2}\r\n```\nbye").ShouldBe("{\"a\":\n2}");

    [Theory]
    [InlineData("")]
    [InlineData("{\"decision\":\"approve\"}")]
    [InlineData("VERDICT: approve")]
    [InlineData("```\n{\"a\":1}\n```")]
    [InlineData("```json\n{\"a\":1}")]
    [InlineData("| ```json\n| {\"a\":1}\n| ```")]
    public void Anything_else_is_not(string output) => FinalBlock.Find(output).ShouldBeNull();

    [Fact]
    public void A_block_that_does_not_end_does_not_hide_the_one_before() =>
        FinalBlock.Find("```json\n{\"a\":1}\n```\n```json\n{\"a\":2}").ShouldBe("{\"a\":1}");
}
