using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

public sealed class ConsentPolicyTests
{
    private static readonly ConsentRequest Request = new(Some.Evolution, Some.New.Commit, Some.New.Tree, "desk");

    private static readonly Consent Given =
        new(Some.Evolution, Some.New.Commit, Some.New.Tree, "ada", Some.Noon, Some.Noon.AddHours(1));

    [Fact]
    public void A_consent_for_exactly_this_is_granted() =>
        ConsentPolicy.Check(Given, Request, Some.At(60)).ShouldBe(new ConsentRuling.Granted());

    [Fact]
    public void A_consent_for_another_evolution_is_a_mismatch() =>
        ConsentPolicy.Check(Given with { Evolution = Guid.Empty }, Request, Some.At(60))
            .ShouldBeOfType<ConsentRuling.Mismatch>().Field.ShouldBe("evolution");

    [Theory]
    [InlineData("")]
    [InlineData("bbbbbbbb")]
    [InlineData("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")]
    public void A_consent_for_another_commit_is_a_mismatch(string commit) =>
        ConsentPolicy.Check(Given with { Commit = commit }, Request, Some.At(60))
            .ShouldBe(new ConsentRuling.Mismatch("commit", Some.New.Commit, commit));

    [Fact]
    public void A_consent_for_the_commit_with_another_content_is_a_mismatch() =>
        ConsentPolicy.Check(Given with { Tree = Some.Old.Tree }, Request, Some.At(60))
            .ShouldBe(new ConsentRuling.Mismatch("tree", Some.New.Tree, Some.Old.Tree));

    [Theory]
    [InlineData("sha256:a", "sha256:b")]
    [InlineData(null, "sha256:b")]
    [InlineData("sha256:a", null)]
    [InlineData("", "")]
    public void A_consent_for_another_image_is_a_mismatch(string? consented, string? image) =>
        ConsentPolicy.Check(Given with { Image = consented }, Request with { Image = image }, Some.At(60))
            .ShouldBe(new ConsentRuling.Mismatch("image", image ?? "none", consented ?? "none"));

    [Fact]
    public void A_consent_for_exactly_this_image_is_granted() =>
        ConsentPolicy.Check(Given with { Image = "sha256:a" }, Request with { Image = "sha256:a" }, Some.At(60)).ShouldBe(new ConsentRuling.Granted());

    [Fact]
    public void Nothing_matches_nothing() =>
        ConsentPolicy.Check(Given with { Commit = "" }, Request with { Commit = "" }, Some.At(60))
            .ShouldBeOfType<ConsentRuling.Mismatch>();

    [Theory]
    [InlineData(-61, nameof(ConsentRuling.NotYetValid))]
    [InlineData(-60, nameof(ConsentRuling.Granted))]
    [InlineData(0, nameof(ConsentRuling.Granted))]
    [InlineData(3599, nameof(ConsentRuling.Granted))]
    [InlineData(3600, nameof(ConsentRuling.Expired))]
    [InlineData(86400, nameof(ConsentRuling.Expired))]
    public void A_consent_holds_from_when_it_is_given_until_it_expires(int seconds, string ruling) =>
        ConsentPolicy.Check(Given, Request, Some.At(seconds)).GetType().Name.ShouldBe(ruling);

    [Fact]
    public void What_was_allowed_is_compared_before_when() =>
        ConsentPolicy.Check(Given with { Tree = Some.Old.Tree }, Request, Some.At(86400)).ShouldBeOfType<ConsentRuling.Mismatch>();

    [Theory]
    [InlineData("desk")]
    [InlineData("Desk")]
    [InlineData("substrate:desk")]
    [InlineData("  ")]
    public void A_substrate_and_nobody_approve_nothing(string approver) =>
        ConsentPolicy.Check(Given with { Approver = approver }, Request, Some.At(60)).ShouldBeOfType<ConsentRuling.NotAllowed>();

    [Fact]
    public void Whoever_asked_may_approve_unless_that_is_forbidden()
    {
        ConsentPolicy.Check(Given, Request with { Requester = "grace" }, Some.At(60)).ShouldBeOfType<ConsentRuling.Granted>();
        ConsentPolicy.Check(Given, Request with { Requester = "Ada" }, Some.At(60)).ShouldBeOfType<ConsentRuling.NotAllowed>();
    }
}
