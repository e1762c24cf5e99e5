using System.Collections.Immutable;

namespace Moss.Domain.Consents;

/// <summary>Who may allow a change of a substrate, and how many of them it takes; declared by the substrate.</summary>
/// <param name="Approvers">Everybody who may; names and keys are unique.</param>
/// <param name="Quorum">How many different ones it takes, 1 to the number of approvers.</param>
/// <param name="RequesterMayApprove">False when whoever asked for the evolution does not count.</param>
/// <param name="Validity">How long a consent holds from when it was issued; above zero.</param>
public sealed record ConsentTerms(ImmutableArray<ConsentApprover> Approvers, int Quorum, bool RequesterMayApprove, TimeSpan Validity)
{
    /// <summary>Null when nobody of that name may.</summary>
    public ConsentApprover? Find(string name) => Approvers.FirstOrDefault(approver => approver.Name == name);
}

/// <summary>A person who may allow changes.</summary>
/// <param name="Name">As in what is signed.</param>
/// <param name="Key">The public key, <c>ed25519:</c> and base64.</param>
public sealed record ConsentApprover(string Name, string Key);
