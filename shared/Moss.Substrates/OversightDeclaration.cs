using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>How people look over what was promoted before it reaches the stable branch.</summary>
public sealed record OversightDeclaration
{
    /// <summary>How long promotions gather, from the first that nobody has looked over, until a review is due.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(168);

    /// <summary>How long a review may be late before nothing more is promoted.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Who may sign and refuse; anybody who may approve when empty.</summary>
    public ImmutableArray<string> Approvers { get; init; } = [];

    /// <summary>The SSH public key that merges to the stable branch are signed with, as in a <c>.pub</c> file; the service's own when null.</summary>
    public string? SigningKey { get; init; }
}
