using Microsoft.Extensions.Logging;
using Moss.Domain.Oversight;
using Moss.Domain.Promotion;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>Carries out what a person decided, step by step, whoever began it. The caller holds the substrate's lock.</summary>
internal sealed partial class OversightRunner(Journals journals, OversightEffects effects, ILogger<OversightRunner> logger)
{
    /// <summary>Ends what a killed process left open, if there is something. A repository that is away leaves it open.</summary>
    public async Task FinishAsync(string substrate, Journal<DeploymentState, DeploymentEvent> deployment, CancellationToken stopping)
    {
        var oversight = await journals.OversightAsync(substrate, stopping);
        if (oversight.State.Open)
        {
            await RunAsync(new OversightRun(substrate, oversight, deployment));
        }
    }

    /// <returns>Null when there is nothing left to do without a person, else why it could not go on.</returns>
    public async Task<string?> RunAsync(OversightRun run)
    {
        try
        {
            while (OversightProtocol.Next(run.Oversight.State) is var step and not OversightStep.Finished)
            {
                LogStep(run.Substrate, step);
                await effects.DoAsync(run, step);
            }

            return null;
        }
        catch (RepositoryException away)
        {
            LogAway(run.Substrate, away.Message);
            return away.Message;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Substrate}, oversight: {Step}")]
    private partial void LogStep(string substrate, OversightStep step);

    [LoggerMessage(LogLevel.Warning, "{Substrate}, oversight: {Reason} It is tried again")]
    private partial void LogAway(string substrate, string reason);
}
