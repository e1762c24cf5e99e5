using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment;

/// <summary>Whose signature counts: those whom people declare on the branch that they own, and nobody else.</summary>
public sealed class ApproverRegisterTests
{
    [Fact]
    public async Task Whoever_asked_for_the_evolution_may_be_kept_from_approving_it_and_the_command_is_not_asked_who_that_was()
    {
        var ann = new DeclaredApprover("ann", Approvers.Mallory.Public.ToString());
        var declaration = Approvers.Declaration with { Approvers = Approvers.Declaration.Approvers.Add(ann), RequesterMayApprove = false };
        await using var world = await Approvers.WorldAsync(World.Fake(), declaration);
        var people = new Approvers(world);
        var command = await people.CommandAsync();

        await Approvers.RefusesAsync(world, await people.SignedAsync(command, ("ann", Approvers.Mallory)), "whoever asked");

        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await people.SignedByAdaAsync(command));
    }

    [Fact]
    public async Task What_the_candidate_declares_of_approvers_does_not_count()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.CommandAsync();
        var own = new ConsentDeclaration([new("mallory", Approvers.Mallory.Public.ToString())]);
        world.Repository.DeclaredAt[command.Commit] = world.Repository.Declaration with { Consent = own };

        await Approvers.RefusesAsync(world, await people.SignedAsync(command, ("mallory", Approvers.Mallory)), "'mallory' does not count");
    }

    [Fact]
    public async Task A_base_that_is_not_of_the_stable_branch_brings_no_approvers_in()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var own = new ConsentDeclaration([new("mallory", Approvers.Mallory.Public.ToString())]);
        var aside = world.Version("aside");
        world.Repository.DeclaredAt[aside.Value] = world.Repository.Declaration with { Consent = own };
        var command = await people.CommandAsync(basedOn: aside);

        await Approvers.RefusesAsync(world, await people.SignedAsync(command, ("mallory", Approvers.Mallory)), "consent is for base");
        await Approvers.RefusesAsync(world, await people.SignedByAdaAsync(command), "consent is for base");
    }

    [Fact]
    public async Task A_key_that_was_taken_out_of_the_stable_branch_counts_no_more_for_older_bases()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var command = await people.CommandAsync();
        MoveStable(world, Approvers.Declaration with { Approvers = [Approvers.Declaration.Approvers[1]] });

        await Approvers.RefusesAsync(world, await people.SignedByAdaAsync(command), "'ada' does not count");

        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await people.SignedAsync(command, ("bea", Approvers.Bea)));
    }

    [Fact]
    public async Task An_older_base_from_before_there_were_approvers_does_not_get_around_them()
    {
        await using var world = await World.Fake().ServingAsync();
        var people = new Approvers(world);
        var command = await people.CommandAsync();
        MoveStable(world, Approvers.Declaration);

        await Approvers.RefusesAsync(world, command, "0 of 1 signed consents");
    }

    [Fact]
    public async Task What_was_promoted_is_a_base_though_it_is_not_yet_of_the_stable_branch()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        await using var moss = world.Moss();
        var first = await people.SignedByAdaAsync(await people.CommandAsync("better"));
        await moss.PromoteAsync<CandidatePromoted>(first);
        var second = await people.CommandAsync("best", basedOn: new(first.Commit));

        await moss.PromoteAsync<CandidatePromoted>(await people.SignedByAdaAsync(second));
    }

    [Fact]
    public async Task A_candidate_that_was_overtaken_is_told_so_whatever_was_signed()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var people = new Approvers(world);
        var late = await people.SignedByAdaAsync(await people.CommandAsync("other"));
        await using var moss = world.Moss();
        var first = await people.SignedByAdaAsync(await people.CommandAsync("better"));
        await moss.PromoteAsync<CandidatePromoted>(first);

        var refused = await moss.PromoteAsync<PromotionRefused>(late);

        (refused.Ground, refused.Serves).ShouldBe(("Overtaken", first.Commit));
    }

    [Fact]
    public async Task What_approvers_would_have_to_sign_for_is_not_started_by_hand_instead()
    {
        await using var world = await Approvers.WorldAsync(World.Fake());
        var aside = world.Version("aside").Value;
        await using var moss = world.Moss();
        await moss.Keeper.StopAsync(World.Substrate, default);
        var starts = world.Machine!.Starts;

        var refused = (await moss.Keeper.StartAsync(World.Substrate, aside, default)).ShouldBeOfType<StartOutcome.Refused>();

        (refused.Field, world.Machine.Starts).ShouldBe(("reference", starts));
        refused.Detail.ShouldContain("neither of main nor was it promoted");
        (await moss.Keeper.StartAsync(World.Substrate, "main", default)).ShouldBe(new StartOutcome.Done());
    }

    [Fact]
    public async Task Where_nobody_is_declared_any_commit_is_started_by_hand()
    {
        await using var world = World.Fake();
        var aside = world.Version("aside").Value;
        await using var moss = world.Moss();

        (await moss.Keeper.StartAsync(World.Substrate, aside, default)).ShouldBe(new StartOutcome.Done());
    }

    /// <summary>A person commits on the stable branch.</summary>
    private static void MoveStable(World world, ConsentDeclaration declaration)
    {
        var head = world.Version("declared").Value;
        world.Repository.DeclaredAt[head] = world.Repository.Declaration with { Consent = declaration };
        world.Repository.Parents[head] = world.Base.Value;
        world.Repository.Branches["main"] = head;
    }
}
