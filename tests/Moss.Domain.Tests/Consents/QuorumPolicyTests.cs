using Moss.Domain.Consents;
using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Consents;

public sealed class QuorumPolicyTests
{
    public static TheoryData<string> Fields => ["substrate", "evolution", "commit", "tree", "diff", "image", "target", "verdict"];

    [Fact]
    public void The_consent_of_a_declared_approver_to_exactly_this_is_enough_where_one_is()
    {
        var consent = Signed.By("ada");

        var reached = Signed.Check(Signed.Case, consent).ShouldBeOfType<QuorumRuling.Reached>();

        reached.Approvers.ShouldBe(["ada"]);
        reached.ExpiresAt.ShouldBe(Signed.Noon.AddHours(1));
        reached.Consents.ShouldBe([ConsentText.HashOf(consent.Text)]);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_consent_to_anything_else_is_void_and_says_in_which_field(string field)
    {
        var mismatch = First(Signed.Check(Signed.Case with { Subject = Changed(field) }, Signed.By("ada"))).ShouldBeOfType<ConsentRuling.Mismatch>();

        mismatch.Field.ShouldBe(field);
        mismatch.Given.ShouldNotBe(mismatch.Expected);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    [InlineData("approver")]
    [InlineData("issued")]
    [InlineData("expires")]
    [InlineData("nonce")]
    public void A_text_of_which_a_field_was_changed_after_it_was_signed_is_void(string field)
    {
        var signed = Signed.By("ada");
        var claim = field switch
        {
            "approver" => Signed.Claim() with { Approver = "bea" },
            "issued" => Signed.Claim() with { Issued = Signed.Noon.AddSeconds(1) },
            "expires" => Signed.Claim() with { Expires = Signed.Noon.AddSeconds(3599) },
            "nonce" => Signed.Claim(nonce: 2),
            _ => Signed.Claim() with { Subject = Changed(field) },
        };

        First(Signed.Check(Signed.Case, signed with { Text = ConsentText.Write(claim) })).ShouldBeOfType<ConsentRuling.Void>().Field.ShouldBe("signature");
    }

    [Fact]
    public void Where_there_is_no_image_no_target_and_no_verdict_a_consent_that_names_one_is_void()
    {
        var bare = Signed.Subject with { Image = null, Target = null, Verdict = null };

        First(Signed.Check(Signed.Case with { Subject = bare }, Signed.By("ada")))
            .ShouldBe(new ConsentRuling.Mismatch("image", "none", Signed.Subject.Image!));
        Signed.Check(Signed.Case with { Subject = bare }, Signed.Sign(Signed.Claim() with { Subject = bare })).ShouldBeOfType<QuorumRuling.Reached>();
    }

    [Fact]
    public void Nobody_who_is_not_declared_can_consent() =>
        First(Signed.Check(Signed.Case, Signed.By("mallory"))).ShouldBe(
            new ConsentRuling.NotAllowed("mallory", "the substrate declares no approver of that name"));

    [Fact]
    public void A_consent_in_the_name_of_another_is_void() =>
        First(Signed.Check(Signed.Case, Signed.Sign(Signed.Claim("ada"), signer: "bea"))).ShouldBeOfType<ConsentRuling.Void>().Field.ShouldBe("signature");

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    public void What_is_no_claim_allows_nothing(string text) =>
        First(Signed.Check(Signed.Case, new SignedConsent(text, $"key of ada on {text}"))).ShouldBeOfType<ConsentRuling.Void>();

    [Fact]
    public void Nothing_allows_nothing() => Signed.Check(Signed.Case).ShouldBeOfType<QuorumRuling.Missing>().First.ShouldBeNull();

    [Theory]
    [InlineData(-61, nameof(ConsentRuling.NotYetValid))]
    [InlineData(-60, "")]
    [InlineData(3599, "")]
    [InlineData(3600, nameof(ConsentRuling.Expired))]
    [InlineData(86400, nameof(ConsentRuling.Expired))]
    public void A_consent_holds_from_when_it_was_issued_until_it_expires(int seconds, string ruling)
    {
        var ruled = QuorumPolicy.Check([Signed.By("ada")], Signed.Case, Signed.Noon.AddSeconds(seconds), Signed.Verifies);

        (ruled is QuorumRuling.Reached ? "" : First(ruled)!.GetType().Name).ShouldBe(ruling);
    }

    [Fact]
    public void A_consent_that_would_hold_longer_than_the_substrate_allows_is_void()
    {
        var eternal = Signed.Sign(Signed.Claim() with { Expires = Signed.Noon.AddSeconds(3601) });

        First(Signed.Check(Signed.Case, eternal)).ShouldBeOfType<ConsentRuling.Void>().Field.ShouldBe("expires");
    }

    [Fact]
    public void What_was_allowed_is_compared_before_when() =>
        First(QuorumPolicy.Check([Signed.By("ada")], Signed.Case with { Subject = Changed("diff") }, Signed.Noon.AddDays(1), Signed.Verifies))
            .ShouldBeOfType<ConsentRuling.Mismatch>();

    [Fact]
    public void Two_approvers_are_a_quorum_of_two_and_it_ends_with_the_first_of_them()
    {
        var brief = Signed.Sign(Signed.Claim("bea") with { Expires = Signed.Noon.AddMinutes(10) });

        var reached = Signed.Check(Signed.Quorum(2), brief, Signed.By("ada")).ShouldBeOfType<QuorumRuling.Reached>();

        reached.Approvers.ShouldBe(["ada", "bea"]);
        reached.ExpiresAt.ShouldBe(Signed.Noon.AddMinutes(10));
        reached.Consents.Length.ShouldBe(2);
    }

    [Fact]
    public void One_approver_twice_is_no_quorum_of_two()
    {
        var missing = Signed.Check(Signed.Quorum(2), Signed.By("ada", nonce: 1), Signed.By("ada", nonce: 2)).ShouldBeOfType<QuorumRuling.Missing>();

        (missing.Approvers.ShouldHaveSingleItem(), missing.Needed, missing.First).ShouldBe(("ada", 2, null));
    }

    [Fact]
    public void A_consent_that_does_not_count_takes_nothing_from_the_others() =>
        Signed.Check(Signed.Quorum(2), Signed.By("mallory"), Signed.By("ada"), Signed.Sign(Signed.Claim("cyd"), "bea"), Signed.By("bea"))
            .ShouldBeOfType<QuorumRuling.Reached>().Approvers.ShouldBe(["ada", "bea"]);

    [Fact]
    public void Too_few_say_why_the_first_one_does_not_count()
    {
        var missing = Signed.Check(Signed.Quorum(2), Signed.By("ada"), Signed.By("mallory")).ShouldBeOfType<QuorumRuling.Missing>();

        missing.Approvers.ShouldBe(["ada"]);
        missing.First.ShouldBeOfType<ConsentRuling.NotAllowed>().Approver.ShouldBe("mallory");
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("Ada")]
    public void Whoever_asked_may_approve_unless_that_is_forbidden(string requester)
    {
        var asked = Signed.Case with { Requester = requester };
        var forbidden = asked with { Terms = Signed.Terms with { RequesterMayApprove = false } };

        Signed.Check(asked, Signed.By("ada")).ShouldBeOfType<QuorumRuling.Reached>();
        First(Signed.Check(forbidden, Signed.By("ada"))).ShouldBeOfType<ConsentRuling.NotAllowed>();
        Signed.Check(forbidden, Signed.By("bea")).ShouldBeOfType<QuorumRuling.Reached>();
    }

    [Fact]
    public void Where_whoever_asked_may_not_approve_somebody_must_be_known_to_have_asked() =>
        First(Signed.Check(Signed.Case with { Requester = null, Terms = Signed.Terms with { RequesterMayApprove = false } }, Signed.By("ada")))
            .ShouldBeOfType<ConsentRuling.NotAllowed>();

    [Fact]
    public void A_consent_that_was_used_is_void_and_a_new_one_of_the_same_approver_is_not()
    {
        var used = Signed.By("ada", nonce: 1);
        var about = Signed.Case with { Used = [ConsentText.HashOf(used.Text)] };

        First(Signed.Check(about, used)).ShouldBeOfType<ConsentRuling.Void>().Field.ShouldBe("nonce");
        Signed.Check(about, Signed.By("ada", nonce: 2)).ShouldBeOfType<QuorumRuling.Reached>();
    }

    private static ConsentRuling? First(QuorumRuling ruling) => ruling.ShouldBeOfType<QuorumRuling.Missing>().First;

    private static ConsentSubject Changed(string field)
    {
        var subject = Signed.Subject;
        return field switch
        {
            "substrate" => subject with { Substrate = "till" },
            "evolution" => subject with { Evolution = Guid.Empty },
            "commit" => subject with { Commit = new('c', 40) },
            "tree" => subject with { Tree = new('3', 40) },
            "diff" => subject with { Diff = new('0', 64) },
            "image" => subject with { Image = "sha256:other" },
            "target" => subject with { Target = "desk-other" },
            "verdict" => subject with { Verdict = new('0', 64) },
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };
    }
}
