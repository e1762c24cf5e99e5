using Moss.Substrates;

namespace Moss.Deployment.Instances;

/// <summary>What a substrate declares at one commit.</summary>
internal interface IDeclarations
{
    /// <summary>Reads it.</summary>
    /// <exception cref="NotDeployableException">The substrate or its declaration cannot be used; the message says why.</exception>
    Task<DeclaredSubstrate> ReadAsync(string substrate, string commit, CancellationToken cancellationToken);

    /// <summary>The branch that a person owns.</summary>
    /// <exception cref="NotDeployableException">It cannot be told.</exception>
    Task<string> StableBranchAsync(string substrate, CancellationToken cancellationToken);
}

/// <summary>A repository and what its <c>moss.yaml</c> says.</summary>
internal sealed record DeclaredSubstrate(string Repository, SubstrateDeclaration Declaration);

/// <summary>A substrate cannot be deployed as it is.</summary>
internal sealed class NotDeployableException(string field, string message, string fix) : Exception(message)
{
    /// <summary>Where.</summary>
    public string Field { get; } = field;

    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;
}
