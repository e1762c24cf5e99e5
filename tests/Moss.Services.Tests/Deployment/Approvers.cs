using System.Text;
using Moss.Artifacts;
using Moss.Consents;
using Moss.Contracts.Deployment;
using Moss.Domain.Consents;
using Moss.Domain.Judgement;
using Moss.Domain.Promotion;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;
using Moss.Records;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment;

/// <summary>People with keys, and what they sign of a command in a world.</summary>
internal sealed class Approvers(World world)
{
    public static readonly PrivateKey Ada = Key(1);
    public static readonly PrivateKey Bea = Key(2);
    public static readonly PrivateKey Mallory = Key(3);

    public static readonly ConsentDeclaration Declaration =
        new([new("ada", Ada.Public.ToString()), new("bea", Bea.Public.ToString())]) { Validity = TimeSpan.FromHours(1) };

    /// <summary>A world whose base declares ada and bea, and serves.</summary>
    public static async Task<World> WorldAsync(World world, ConsentDeclaration? declaration = null)
    {
        world.Repository.Declaration = world.Repository.Declaration with { Consent = declaration ?? Declaration };
        return await world.ServingAsync();
    }

    /// <summary>A command for a version that an evolution of ann's came to, with no signatures yet.</summary>
    public async Task<PromoteCandidate> CommandAsync(string behaviour = "better", CommitHash? basedOn = null)
    {
        var command = world.Command(world.Version(behaviour), basedOn: basedOn);
        await RuleAsync(command);
        return command;
    }

    public Task RuleAsync(PromoteCandidate command)
    {
        var facts = new EvolutionFacts(command.Stage.EvolutionId);
        var metadata = new EventMetadata(command.Stage.EvolutionId.ToString(), "", "test", world.Clock.GetUtcNow());
        return world.Store.AppendAsync(
            new StreamId($"evolution-{command.Stage.EvolutionId:n}"), ExpectedVersion.NoStream,
            [
                new NewEvent(Guid.NewGuid(), facts.Started(), metadata),
                new NewEvent(Guid.NewGuid(), facts.Ruled(1, Verdict.Converged, final: true), metadata),
            ],
            CancellationToken.None);
    }

    /// <summary>What an approver is told, all of it true.</summary>
    public async Task<ConsentSubject> SubjectAsync(PromoteCandidate command) => new(
        World.Substrate, command.Stage.EvolutionId, command.Commit, command.Tree,
        ContentHash.Of(Encoding.UTF8.GetBytes(FakeRepository.Patch(command.Subject.BaseCommit, command.Commit))))
    {
        Image = command.Image,
        Target = await ConsentRecord.TargetOfAsync(world.Store, World.Substrate, CancellationToken.None),
        Verdict = (await ConsentRecord.ReadAsync(world.Store, command.Stage.EvolutionId, CancellationToken.None)).Verdict,
    };

    public async Task<ConsentClaim> ClaimAsync(PromoteCandidate command, string approver)
    {
        var now = world.Clock.GetUtcNow();
        return ConsentClaim.Of(await SubjectAsync(command), approver, now, TimeSpan.FromHours(1), now.AddDays(7), Guid.NewGuid());
    }

    /// <summary>The command with the true consent of each.</summary>
    public async Task<PromoteCandidate> SignedAsync(PromoteCandidate command, params (string Name, PrivateKey Key)[] signers)
    {
        var signed = new List<ConsentSignature>();
        foreach (var (name, key) in signers)
        {
            signed.Add(Sign(await ClaimAsync(command, name), key));
        }

        return command with { Signatures = signed };
    }

    public Task<PromoteCandidate> SignedByAdaAsync(PromoteCandidate command) => SignedAsync(command, ("ada", Ada));

    public static ConsentSignature Sign(ConsentClaim claim, PrivateKey key)
    {
        var text = ConsentText.Write(claim);
        return new(text, key.Sign(text));
    }

    /// <summary>It is refused on this ground, and nothing was touched by then.</summary>
    public static async Task RefusesAsync(World world, PromoteCandidate command, string reason, string ground = "ConsentMismatch")
    {
        var before = (world.Machine!.Starts, string.Join(',', world.Machine.Running), await world.DeploymentAsync());
        await using var moss = world.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command);

        refused.Ground.ShouldBe(ground, refused.Reason);
        refused.Reason.ShouldContain(reason);
        (world.Machine!.Starts, string.Join(',', world.Machine.Running), await world.DeploymentAsync()).ShouldBe(before);
        world.Repository.Published.ShouldBe(0);
        (await world.JournalAsync(command)).ShouldAllBe(happened => happened is PromotionDeclined);
    }

    private static PrivateKey Key(byte seed) => PrivateKey.Of([.. Enumerable.Repeat(seed, PrivateKey.SeedBytes)]);
}
