using Moss.Domain.Implementation;

namespace Moss.Domain.Tests.Implementation;

/// <summary>The credentials are put together here, so that no scanner takes this file for a leak.</summary>
public sealed class SecretPatternsTests
{
    public static TheoryData<string, string> Credentials => new()
    {
        { "-----BEGIN " + "RSA PRIVATE KEY-----", "a private key" },
        { "  \"-----BEGIN " + "PRIVATE KEY-----\\n\"", "a private key" },
        { "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "a private key" },
        { "aws = 'AKIA" + "IOSFODNN7EXAMPLE'", "a cloud access key" },
        { "maps: AIza" + new string('x', 35), "a cloud access key" },
        { "ghp_" + new string('a', 36), "an access token" },
        { "url = https://github_pat_" + new string('B', 30) + "@github.com", "an access token" },
        { "xoxb-" + "123456789012-abc", "an access token" },
        { "OPENAI=sk-" + "proj-abcdefghij0123456789", "an access token" },
        { "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0.abcdefghijkl", "an access token" },
        { "api_key = \"q8Zr" + "T2vX9pLm4KsW7bNd\"", "a value that looks like a secret" },
        { "  \"clientSecret\": \"3f9a" + "c1d27be845609fe2a4\",", "a value that looks like a secret" },
        { "PASSWORD='Tr0ub4dor" + "-and-3-h0rses-x'", "a value that looks like a secret" },
    };

    [Theory]
    [MemberData(nameof(Credentials))]
    public void A_credential_is_found_and_named_by_its_kind(string line, string kind) => SecretPatterns.Find(line).ShouldBe(kind);

    [Theory]
    [InlineData("token = tokens[index + 1]")]
    [InlineData("password = os.environ[\"PASSWORD\"]")]
    [InlineData("raise TokenError('the token has expired, please log in again')")]
    [InlineData("api_key = \"your-api-key-goes-here\"")]
    [InlineData("secret = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1\"")]
    [InlineData("commit = \"3f9ac1d27be845609fe2a43f9ac1d27be845609f\"")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("task-runner-with-a-long-name-here")]
    [InlineData("")]
    public void Ordinary_code_is_not_taken_for_a_credential(string line) => SecretPatterns.Find(line).ShouldBeNull();

    [Fact]
    public void A_line_made_to_be_slow_is_not() =>
        SecretPatterns.Find(string.Concat(Enumerable.Repeat("token", 200_000))).ShouldBeNull();
}
