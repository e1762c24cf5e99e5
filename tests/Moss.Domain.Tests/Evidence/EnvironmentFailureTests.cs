using Moss.Domain.Evidence;

namespace Moss.Domain.Tests.Evidence;

public sealed class EnvironmentFailureTests
{
    [Theory]
    [InlineData("{\"error\": {\"code\": \"insufficient_quota\"}}", "a quota is used up")]
    [InlineData("You exceeded your current quota, please check your plan.", "a quota is used up")]
    [InlineData("{\"type\": \"error\", \"error\": {\"type\": \"rate_limit_error\"}}", "a rate limit was reached")]
    [InlineData("HTTP 429: Too Many Requests", "a rate limit was reached")]
    [InlineData("{\"error\": {\"type\": \"overloaded_error\"}}", "a service was down")]
    [InlineData("503 Service Unavailable", "a service was down")]
    [InlineData("{\"status\": 529}", "a service was down")]
    [InlineData("Error: connect ECONNREFUSED 127.0.0.1:11434", "the network did not answer")]
    [InlineData("fatal: Could not resolve host: api.example", "the network did not answer")]
    [InlineData("OSError: [Errno 28] No space left on device", "a disk was full")]
    public void An_outage_is_recognised(string line, string meaning) => EnvironmentFailure.Find($"hello\n{line}\n\n").ShouldBe(meaning);

    [Theory]
    [InlineData("")]
    [InlineData("KeyError: 'order'")]
    [InlineData("{\"role\": \"assistant\", \"text\": \"Order 503 has status lost; 429 of 504 were late.\"}")]
    [InlineData("{\"role\": \"assistant\", \"text\": \"Your refund limit is 100.00.\"}")]
    [InlineData("503 Service Unavailable\n{\"role\": \"assistant\", \"text\": \"Your order is lost.\"}")]
    [InlineData("TimeoutError: the tool did not answer")]
    public void A_failure_of_the_agent_is_none(string transcript) => EnvironmentFailure.Find(transcript).ShouldBeNull();

    [Fact]
    public void Of_a_line_without_end_the_end_counts() =>
        EnvironmentFailure.Find("503 Service Unavailable" + new string(' ', 10_000) + "the answer was wrong").ShouldBeNull();
}
