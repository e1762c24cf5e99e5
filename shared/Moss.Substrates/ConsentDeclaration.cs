using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>Who has to sign before a candidate is promoted.</summary>
/// <param name="Approvers">Everybody who may, at least one; names and keys are unique.</param>
public sealed record ConsentDeclaration(ImmutableArray<DeclaredApprover> Approvers)
{
    /// <summary>How many different approvers it takes, at most as many as there are.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>False when whoever asked for the evolution does not count.</summary>
    public bool RequesterMayApprove { get; init; } = true;

    /// <summary>How long a signature holds from when what it is of was issued.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>A person who may allow changes.</summary>
/// <param name="Name">1 to 40 of <c>a-z 0-9 -</c>; stands in what is signed.</param>
/// <param name="Key">Public key, <c>ed25519:</c> and base64.</param>
public sealed record DeclaredApprover(string Name, string Key);
