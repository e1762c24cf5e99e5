using Moss.Consents;
using Moss.Contracts.Deployment;
using Moss.Domain.Consents;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Approvers ada and bea, and what they sign of the evolution of <see cref="EvolutionFacts"/>.</summary>
internal static class Signing
{
    private static readonly PrivateKey Ada = PrivateKey.Of([.. Enumerable.Repeat((byte)1, PrivateKey.SeedBytes)]);
    private static readonly PrivateKey Bea = PrivateKey.Of([.. Enumerable.Repeat((byte)2, PrivateKey.SeedBytes)]);

    public static PrivateKey KeyOf(string approver) => approver == "ada" ? Ada : Bea;

    public static ConsentTerms Terms(int quorum = 1) =>
        new([new("ada", Ada.Public.ToString()), new("bea", Bea.Public.ToString())], quorum, true, TimeSpan.FromHours(24));

    public static ConsentSubject SubjectOf(Guid evolution) => new(
        "desk", evolution, EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree, EvolutionFacts.Repair.DiffArtifact)
    {
        Image = EvolutionFacts.Image, Target = "desk-1", Verdict = new string('7', 64),
    };

    public static ConsentSignature By(string approver, PrivateKey key, ConsentSubject subject, DateTimeOffset now) =>
        Of(ConsentText.Write(ConsentClaim.Of(subject, approver, now, TimeSpan.FromHours(24), now.AddDays(7), Guid.NewGuid())), key);

    public static ConsentSignature Of(string text, PrivateKey key) => new(text, key.Sign(text));
}
