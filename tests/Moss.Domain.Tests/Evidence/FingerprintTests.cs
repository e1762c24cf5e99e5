using Moss.Domain.Evidence;

namespace Moss.Domain.Tests.Evidence;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("KeyError: 'A1003' in line 42", "KeyError: 'B7' in line 7")]
    [InlineData("one\nValueError: order 550e8400-e29b-41d4-a716-446655440000 is late\nbye", "ValueError: order 650e8400-e29b-41d4-a716-446655440999 is late")]
    [InlineData("{\"result\": \"TypeError: 3 is no list\", \"at\": \"09:00\"}", "{\"result\": \"TypeError: 5 is no list\", \"at\": \"10:00\"}")]
    [InlineData("no error at all", "")]
    public void What_differs_from_session_to_session_does_not_count(string one, string other) =>
        Fingerprint.Of("refund", one).ShouldBe(Fingerprint.Of("refund", other));

    [Theory]
    [InlineData("refund", "KeyError: 'a'", "refund", "TypeError: 'a'")]
    [InlineData("refund", "KeyError: 'a'", "late", "KeyError: 'a'")]
    [InlineData("refund", "KeyError: 'a'", "refund", "")]
    public void Another_error_or_scenario_is_another_failure(string scenario, string transcript, string otherScenario, string otherTranscript) =>
        Fingerprint.Of(scenario, transcript).ShouldNotBe(Fingerprint.Of(otherScenario, otherTranscript));

    [Fact]
    public void The_last_error_is_the_symptom() =>
        Fingerprint.Symptom("IOException: 1\nretried\njava.lang.IllegalStateException: seat 12 is taken by 'bob'\ndone")
            .ShouldBe("IllegalStateException: seat # is taken by #");

    [Fact]
    public void It_is_stable() => Fingerprint.Of("refund", "KeyError: 'a'").ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("refund\nKeyError: #"u8))[..16]);
}
