using Moss.Consents;

namespace Moss.Adapters.Tests.Consents;

public sealed class PublicKeyTests
{
    private const string Text = "moss-consent-v1\nsubstrate: desk\n";

    private static readonly PrivateKey Ada = PrivateKey.Of(Enumerable.Repeat((byte)1, PrivateKey.SeedBytes).ToArray());
    private static readonly PrivateKey Bea = PrivateKey.Of(Enumerable.Repeat((byte)2, PrivateKey.SeedBytes).ToArray());

    [Fact]
    public void What_a_key_signed_its_public_half_verifies_also_after_it_was_written_and_read() =>
        PublicKey.Verifies(Ada.Public.ToString(), Text, Ada.Sign(Text)).ShouldBeTrue();

    [Fact]
    public void Signatures_are_those_of_the_standard()
    {
        // RFC 8032, section 7.1, test 1: the empty message.
        var key = PrivateKey.Of(Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        key.Public.ToString().ShouldBe("ed25519:" + Convert.ToBase64String(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")));
        key.Sign("").ShouldBe(Convert.ToBase64String(Convert.FromHexString(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")));
    }

    [Theory]
    [InlineData("moss-consent-v1\nsubstrate: desk")]
    [InlineData("moss-consent-v1\nsubstrate: desK\n")]
    [InlineData("moss-consent-v1\r\nsubstrate: desk\n")]
    [InlineData("")]
    public void A_text_that_was_changed_is_not_verified(string text) => Ada.Public.Verifies(text, Ada.Sign(Text)).ShouldBeFalse();

    [Fact]
    public void The_key_of_another_verifies_nothing() => Bea.Public.Verifies(Text, Ada.Sign(Text)).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("no base64")]
    [InlineData("AAAA")]
    public void What_is_no_signature_is_not_verified(string signature) => Ada.Public.Verifies(Text, signature).ShouldBeFalse();

    [Fact]
    public void A_signature_of_which_a_bit_was_changed_is_not_verified()
    {
        var signature = Convert.FromBase64String(Ada.Sign(Text));
        for (var place = 0; place < signature.Length; place++)
        {
            signature[place] ^= 1;
            Ada.Public.Verifies(Text, Convert.ToBase64String(signature)).ShouldBeFalse($"byte {place}");
            signature[place] ^= 1;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ed25519:")]
    [InlineData("ed25519:AAAA")]
    [InlineData("rsa:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=")]
    [InlineData("ED25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=")]
    [InlineData("ed25519: iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=")]
    [InlineData("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w")]
    [InlineData("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1x=")]
    public void A_line_that_is_not_written_as_a_key_is_none(string line) => PublicKey.Parse(line).ShouldBeNull();

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_number_that_is_no_point_or_one_with_which_anything_verifies_is_no_key(string hex) =>
        PublicKey.Parse("ed25519:" + Convert.ToBase64String(Convert.FromHexString(hex))).ShouldBeNull();

    [Fact]
    public void A_key_is_read_as_it_is_written() => PublicKey.Parse(Ada.Public.ToString())!.ToString().ShouldBe(Ada.Public.ToString());

    [Fact]
    public void What_is_no_key_verifies_nothing() => PublicKey.Verifies("ed25519:AAAA", Text, Ada.Sign(Text)).ShouldBeFalse();
}
