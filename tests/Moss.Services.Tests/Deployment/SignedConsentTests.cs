using Moss.Contracts.Deployment;
using Moss.Domain.Consents;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment;

/// <summary>Where the substrate names approvers, nothing is touched that they did not sign for.</summary>
public sealed class SignedConsentTests
{
    [Fact]
    public async Task What_an_approver_signed_for_is_promoted()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.SignedByAdaAsync(await people.CommandAsync());
        await using var moss = world.Moss();

        (await moss.PromoteAsync<CandidatePromoted>(command)).Commit.ShouldBe(command.Commit);

        (await world.JournalAsync(command)).OfType<PromotionPlanned>().Single().Plan.Consents
            .ShouldBe([ConsentText.HashOf(command.Signatures![0].Text)]);
    }

    [Fact]
    public async Task Where_nobody_is_declared_a_consent_needs_no_signature()
    {
        await using var world = await World.Fake().ServingAsync();
        await using var moss = world.Moss();

        await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better")));
    }

    [Fact]
    public async Task The_word_of_the_service_that_asks_is_no_consent()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());

        await Approvers.RefusesAsync(world, await new Approvers(world).CommandAsync(), "0 of 1 signed consents");
    }

    [Fact]
    public async Task What_the_service_that_asks_signs_itself_is_no_consent()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.CommandAsync();

        await Approvers.RefusesAsync(world, await people.SignedAsync(command, ("ada", Approvers.Mallory)), "signature");
        await Approvers.RefusesAsync(world, await people.SignedAsync(command, ("mallory", Approvers.Mallory)), "'mallory' does not count");
    }

    [Theory]
    [InlineData("evolution")]
    [InlineData("commit")]
    [InlineData("tree")]
    [InlineData("diff")]
    [InlineData("image")]
    [InlineData("target")]
    [InlineData("verdict")]
    [InlineData("substrate")]
    public async Task A_consent_to_something_else_is_refused_and_the_field_is_named(string field)
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.CommandAsync();
        var claim = await people.ClaimAsync(command, "ada");
        var other = new string('0', 40);
        var subject = claim.Subject;
        var wrong = field switch
        {
            "evolution" => subject with { Evolution = Guid.NewGuid() },
            "commit" => subject with { Commit = other },
            "tree" => subject with { Tree = other },
            "diff" => subject with { Diff = other },
            "image" => subject with { Image = "sha256:other" },
            "target" => subject with { Target = "desk-other" },
            "verdict" => subject with { Verdict = other },
            _ => subject with { Substrate = "till" },
        };

        await Approvers.RefusesAsync(world, command with { Signatures = [Approvers.Sign(claim with { Subject = wrong }, Approvers.Ada)] }, $"consent is for {field}");
    }

    [Fact]
    public async Task A_text_that_was_changed_after_it_was_signed_is_refused()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var first = await people.SignedByAdaAsync(await people.CommandAsync("better"));
        var second = await people.CommandAsync("other");
        var text = ConsentText.Write(await people.ClaimAsync(second, "ada"));

        await Approvers.RefusesAsync(world, second with { Signatures = [first.Signatures![0] with { Text = text }] }, "signature");
    }

    [Fact]
    public async Task A_consent_that_has_expired_is_refused()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.CommandAsync();
        var claim = await people.ClaimAsync(command, "ada");
        var late = claim with { Issued = claim.Issued.AddHours(-2), Expires = claim.Expires.AddHours(-2) };

        await Approvers.RefusesAsync(world, command with { Signatures = [Approvers.Sign(late, Approvers.Ada)] }, "expired", "ConsentExpired");
    }

    [Fact]
    public async Task What_the_command_says_of_its_own_expiry_does_not_make_a_signature_last_longer()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.SignedByAdaAsync(await people.CommandAsync());
        var forever = command with { Consent = command.Consent with { ExpiresAt = world.Clock.GetUtcNow().AddYears(1) } };
        await using var moss = world.Moss();

        await moss.PromoteAsync<CandidatePromoted>(forever);

        var plan = (await world.JournalAsync(command)).OfType<PromotionPlanned>().Single().Plan;
        plan.ConsentExpiresAt.ShouldBeLessThanOrEqualTo(world.Clock.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task A_signature_that_would_hold_longer_than_is_declared_is_refused()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.CommandAsync();
        var claim = await people.ClaimAsync(command, "ada");

        await Approvers.RefusesAsync(world, command with { Signatures = [Approvers.Sign(claim with { Expires = claim.Expires.AddDays(1) }, Approvers.Ada)] }, "expires");
    }

    [Fact]
    public async Task One_approver_twice_is_no_quorum_of_two_and_two_approvers_are()
    {
        await using var world = await Approvers.WorldAsync(World.Fake(), Approvers.Declaration with { Quorum = 2 });
        var people = new Approvers(world);
        var command = await people.CommandAsync();

        await Approvers.RefusesAsync(world, await people.SignedAsync(command, ("ada", Approvers.Ada), ("ada", Approvers.Ada)), "1 of 2 signed consents were given, by ada");

        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await people.SignedAsync(command, ("ada", Approvers.Ada), ("bea", Approvers.Bea)));
    }

    [Fact]
    public async Task A_consent_to_replace_an_instance_that_runs_no_more_is_refused()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.SignedByAdaAsync(await people.CommandAsync());
        world.Machine!.KillAll();

        await Approvers.RefusesAsync(world, command, "consent is for target");
    }

    [Fact]
    public async Task The_same_command_again_is_answered_from_the_journal()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.SignedByAdaAsync(await people.CommandAsync());
        await using var moss = world.Moss();
        var first = await moss.PromoteAsync<CandidatePromoted>(command);
        var starts = world.Machine!.Starts;

        (await moss.PromoteAsync<CandidatePromoted>(command)).ShouldBeEquivalentTo(first);

        world.Machine.Starts.ShouldBe(starts);
    }

    [Fact]
    public async Task A_consent_that_was_used_does_nothing_when_it_is_sent_again_under_another_key()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.SignedByAdaAsync(await people.CommandAsync("sick"));
        await using var moss = world.Moss();
        await moss.PromoteAsync<PromotionRolledBack>(command);
        var starts = world.Machine!.Starts;
        var target = (await people.SubjectAsync(command)).Target;

        var refused = await moss.PromoteAsync<PromotionRefused>(command with { Stage = command.Stage with { Round = 2 } });

        // The rollback started another instance, so the consent is void on that ground already.
        refused.Reason.ShouldContain($"not {target}");
        world.Machine.Starts.ShouldBe(starts);
    }

    [Fact]
    public async Task A_library_has_no_target_and_its_consent_is_used_once_too()
    {
        await using var world = World.Library();
        world.Repository.Declaration = world.Repository.Declaration with { Consent = Approvers.Declaration };
        var people = new Approvers(world);
        var command = await people.SignedByAdaAsync(await people.CommandAsync());
        await using var moss = world.Moss();

        await moss.PromoteAsync<CandidatePromoted>(command);
        var refused = await moss.PromoteAsync<PromotionRefused>(command with { Stage = command.Stage with { Round = 2 } });

        command.Signatures![0].Text.ShouldContain("\ntarget: none\n");
        (refused.Ground, refused.Reason.Contains("was used before", StringComparison.Ordinal)).ShouldBe(("ConsentMismatch", true));
        world.Repository.Published.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_substrate_in_a_container_the_container_is_the_target()
    {
        await using var world = await Approvers.WorldAsync(World.FakeContainers());
        var people = new Approvers(world);
        var command = await world.ImageCommandAsync(world.Version("better"));
        await people.RuleAsync(command);
        var container = (await world.DeploymentAsync()).Process!.Container!;
        var claim = await people.ClaimAsync(command, "ada");
        var another = claim with { Subject = claim.Subject with { Target = "another" } };
        await using var moss = world.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command with { Signatures = [Approvers.Sign(another, Approvers.Ada)] });
        refused.Reason.ShouldContain($"consent is for target another, not {container}");

        await moss.PromoteAsync<CandidatePromoted>(await people.SignedByAdaAsync(command));
    }
}
