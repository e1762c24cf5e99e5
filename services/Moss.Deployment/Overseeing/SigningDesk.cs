using Microsoft.Extensions.Options;
using Moss.Domain.Oversight;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>Knows the key of oversight and how the remote guards the stable branch with it.</summary>
internal sealed class SigningDesk(IStableBranch stable, IOptions<DeploymentOptions> options)
{
    public const string KeySetting = DeploymentOptions.Section + ":SigningKey";

    public const string KeyFix =
        $"make one with `ssh-keygen -t ed25519 -N '' -f KEY`, let this service alone read it, and set {KeySetting} to its absolute path";

    /// <summary>Null when the service can sign as the substrate asks for.</summary>
    public async Task<OversightRefusal?> WhyNotAsync(OversightPlace place, CancellationToken cancellationToken)
    {
        if (options.Value.SigningKey is not { } key)
        {
            return new(KeySetting, "this service has no key, and nothing is merged to a stable branch without a signature", KeyFix);
        }

        try
        {
            var own = await stable.PublicKeyAsync(new SigningKeyFile(key), cancellationToken);
            return place.Declaration.Oversight?.SigningKey is { } declared && Bare(declared) != own
                ? new(KeySetting, $"this service signs as {own}, and oversight.signingKey asks for {Bare(declared)}", "set the key whose public half is declared, or declare this one")
                : null;
        }
        catch (RepositoryException unusable)
        {
            return new(KeySetting, unusable.Message, KeyFix);
        }
    }

    /// <summary>How the remote guards the stable branch, seen now.</summary>
    public async Task<BranchGuard> GuardAsync(OversightPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await KeyAsync(place, cancellationToken) is { } key
                ? await stable.GuardAsync(place.Repository, place.Declaration.StableBranch, key, cancellationToken)
                : new(GuardStanding.Unknown, "there is no key to guard with: neither oversight.signingKey nor this service's own", KeyFix, "");
        }
        catch (RepositoryException unknown)
        {
            return new(GuardStanding.Unknown, unknown.Message, "mend that and ask again", "");
        }
    }

    private async Task<string?> KeyAsync(OversightPlace place, CancellationToken cancellationToken) =>
        place.Declaration.Oversight?.SigningKey ?? (options.Value.SigningKey is { } key ? await stable.PublicKeyAsync(new SigningKeyFile(key), cancellationToken) : null);

    private static string Bare(string key) => string.Join(' ', key.Split(' ').Take(2));
}
