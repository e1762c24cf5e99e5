using Moss.Domain.Consents;

namespace Moss.Domain.Tests.Consents;

public sealed class ConsentTextTests
{
    [Fact]
    public void A_claim_is_a_line_a_field_below_its_version() =>
        ConsentText.Write(Signed.Claim()).ShouldBe($"""
            moss-consent-v1
            substrate: desk
            evolution: 0198c0de000070008000000000000001
            commit: {new string('b', 40)}
            tree: {new string('2', 40)}
            diff: {new string('d', 64)}
            image: sha256:{new string('e', 64)}
            target: desk-0198c0de
            verdict: {new string('f', 64)}
            approver: ada
            issued: 2026-01-05T12:00:00Z
            expires: 2026-01-05T13:00:00Z
            nonce: 00000001000000000000000000000000

            """);

    [Fact]
    public void What_was_written_is_read_as_the_same_claim() =>
        ConsentText.Read(ConsentText.Write(Signed.Claim())).ShouldBe(new ConsentReading.Claimed(Signed.Claim()));

    [Fact]
    public void What_there_is_none_of_is_written_as_none_and_read_as_nothing()
    {
        var claim = Signed.Claim() with { Subject = Signed.Subject with { Image = null, Target = null, Verdict = null } };

        ConsentText.Write(claim).ShouldContain("\nimage: none\ntarget: none\nverdict: none\n");
        ConsentText.Read(ConsentText.Write(claim)).ShouldBe(new ConsentReading.Claimed(claim));
    }

    [Fact]
    public void Times_are_whole_seconds_and_the_question_ends_before_the_claim_does_not()
    {
        var claim = ConsentClaim.Of(Signed.Subject, "ada", Signed.Noon.AddMilliseconds(900), TimeSpan.FromHours(1), Signed.Noon.AddMilliseconds(90_500), Guid.Empty);

        (claim.Issued, claim.Expires).ShouldBe((Signed.Noon, Signed.Noon.AddSeconds(90)));
        (ConsentClaim.Of(Signed.Subject, "ada", Signed.Noon.AddMilliseconds(900), TimeSpan.FromMilliseconds(60_500), Signed.Noon.AddDays(1), Guid.Empty).Expires)
            .ShouldBe(Signed.Noon.AddSeconds(60));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\ncommit: b")]
    [InlineData("a\r")]
    [InlineData("a\u0000")]
    [InlineData("адa")]
    [InlineData("none")]
    public void A_value_that_could_be_read_otherwise_is_never_written(string value)
    {
        var claim = Signed.Claim();

        Should.Throw<ArgumentException>(() => ConsentText.Write(claim with { Subject = claim.Subject with { Target = value } }));
    }

    [Fact]
    public void A_value_that_is_too_long_is_never_written() =>
        Should.Throw<ArgumentException>(() => ConsentText.Write(Signed.Claim() with { Approver = new('a', 201) }));

    [Fact]
    public void A_time_with_parts_of_a_second_is_never_written() =>
        Should.Throw<ArgumentException>(() => ConsentText.Write(Signed.Claim() with { Issued = Signed.Noon.AddMilliseconds(1) }));

    [Theory]
    [InlineData("moss-consent-v1", "moss-consent-v2", "version")]
    [InlineData("moss-consent-v1\n", "", "version")]
    [InlineData("substrate: desk\n", "", "text")]
    [InlineData("substrate: desk\n", "substrate: desk\nsubstrate: other\n", "text")]
    [InlineData("substrate: desk", "substrate:desk", "substrate")]
    [InlineData("substrate: desk", "Substrate: desk", "substrate")]
    [InlineData("substrate: desk", "substrate: desk ", "substrate")]
    [InlineData("substrate: desk\n", "substrate: desk\r\n", "substrate")]
    [InlineData("approver: ada", "approver: ", "approver")]
    [InlineData("evolution: 0198c0de", "evolution: 0198C0DE", "text")]
    [InlineData("evolution: 0198c0de", "evolution: x198c0de", "text")]
    [InlineData("issued: 2026-01-05T12:00:00Z", "issued: 2026-01-05T12:00:00+00:00", "text")]
    [InlineData("issued: 2026-01-05T12:00:00Z", "issued: 2026-02-30T12:00:00Z", "text")]
    [InlineData("nonce: 00000001000000000000000000000000\n", "nonce: 00000001000000000000000000000000", "text")]
    [InlineData("nonce: 00000001000000000000000000000000\n", "nonce: 00000001000000000000000000000000\n\n", "text")]
    [InlineData("nonce: 00000001000000000000000000000000\n", "nonce: 1\n", "text")]
    public void A_text_that_is_not_written_exactly_so_is_no_claim(string from, string to, string field) =>
        ConsentText.Read(ConsentText.Write(Signed.Claim()).Replace(from, to, StringComparison.Ordinal))
            .ShouldBeOfType<ConsentReading.Malformed>().Field.ShouldBe(field);

    [Fact]
    public void Fields_in_another_order_are_no_claim() =>
        ConsentText.Read(ConsentText.Write(Signed.Claim()).Replace($"commit: {new string('b', 40)}\ntree: {new string('2', 40)}", $"tree: {new string('2', 40)}\ncommit: {new string('b', 40)}", StringComparison.Ordinal))
            .ShouldBeOfType<ConsentReading.Malformed>().Field.ShouldBe("commit");

    [Fact]
    public void Another_text_has_another_hash()
    {
        var text = ConsentText.Write(Signed.Claim());

        ConsentText.HashOf(text).Length.ShouldBe(64);
        ConsentText.HashOf(text).ShouldBe(ConsentText.HashOf(text));
        ConsentText.HashOf(text).ShouldNotBe(ConsentText.HashOf(ConsentText.Write(Signed.Claim(nonce: 2))));
    }
}
