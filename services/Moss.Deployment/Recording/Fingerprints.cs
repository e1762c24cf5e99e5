using Microsoft.Extensions.Logging;
using Moss.Deployment.Instances;
using Moss.Domain.Corpus;
using Moss.Workspaces;

namespace Moss.Deployment.Recording;

/// <summary>Reads scenarios where they are read from everywhere: at the base commit.</summary>
internal sealed partial class Fingerprints(IDeclarations declarations, IWorkspaceReader workspaces, ILogger<Fingerprints> logger)
{
    /// <summary>By the id of the scenario; one that cannot be read is missing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        string substrate, string commit, IEnumerable<string> scenarios, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var declared = await declarations.ReadAsync(substrate, commit, cancellationToken);
            foreach (var scenario in scenarios)
            {
                var path = $"{declared.Declaration.Scenarios.Trim('/')}/{scenario}.json";
                if (await workspaces.ReadFileAsync(declared.Repository, new CommitHash(commit), path, cancellationToken) is { } content)
                {
                    found[scenario] = ScenarioFingerprint.Of(content);
                }
            }
        }
        catch (Exception unreadable) when (unreadable is NotDeployableException or RepositoryException)
        {
            LogUnreadable(substrate, commit, unreadable.Message);
        }

        return found;
    }

    [LoggerMessage(LogLevel.Warning, "{Substrate}: the scenarios of {Commit} cannot be read, so duplicates are not told: {Reason}")]
    private partial void LogUnreadable(string substrate, string commit, string reason);
}
