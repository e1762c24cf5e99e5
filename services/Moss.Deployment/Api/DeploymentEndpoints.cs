using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Moss.Deployment.Instances;
using Moss.Deployment.Starting;
using Moss.Deployment.Watching;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Api;

/// <summary>What runs, and starting and stopping it outside a promotion.</summary>
internal static class DeploymentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var deployments = routes.MapGroup("/api/deployments").WithTags("Deployments");
        deployments.MapGet("", List).WithSummary("What is deployed, a row a substrate");
        deployments.MapGet("{substrate}", Read).WithSummary("What runs of one substrate, its health and its history").ProducesProblem(404);
        deployments.MapPost("{substrate}/start", Start).WithSummary("Start it and wait until it is healthy; fine when it serves already")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        deployments.MapPost("{substrate}/stop", Stop).WithSummary("Stop it; fine when nothing runs").ProducesProblem(404);
        deployments.MapGet("{substrate}/outlook", Outlook).WithSummary("What a promotion of a commit would refuse, lose and change: for those who consent to it")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        deployments.MapPost("{substrate}/rollback", RollBack)
            .WithSummary("Take the promoted version back now, whether it is watched or not, and wait until the one before serves")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        deployments.MapDelete("{substrate}", Remove).WithSummary("Stop it and remove its containers and its state; keepState=true keeps the state")
            .ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Ok<IReadOnlyList<DeploymentSummary>>> List(DeploymentReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ListAsync(cancellationToken));

    private static async Task<Results<Ok<DeploymentDetail>, ProblemHttpResult>> Read(
        string substrate, ISubstrateDirectory directory, DeploymentReader reader, CancellationToken cancellationToken) =>
        await directory.FindAsync(substrate, cancellationToken) is null
            ? Unknown(substrate)
            : TypedResults.Ok(await reader.ReadAsync(substrate, cancellationToken));

    private static async Task<Results<Ok<OutlookView>, ProblemHttpResult>> Outlook(
        string substrate, string commit, ISubstrateDirectory directory, OutlookReader reader, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(substrate, cancellationToken) is null)
        {
            return Unknown(substrate);
        }

        try
        {
            return TypedResults.Ok(await reader.ReadAsync(substrate, commit, cancellationToken));
        }
        catch (NotDeployableException problem)
        {
            return Problem.Conflict(problem.Field, problem.Message, problem.Fix);
        }
        catch (Exception unknown) when (unknown is RepositoryException or ArgumentException)
        {
            return Problem.Invalid("commit", unknown.Message, "name a full commit hash of the repository");
        }
        catch (HostAwayException away)
        {
            return Problem.Conflict("engine", away.Message, "start the container engine");
        }
    }

    private static async Task<Results<Ok<DeploymentDetail>, ProblemHttpResult>> Start(
        string substrate, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] StartDeployment? request, ISubstrateDirectory directory,
        InstanceKeeper keeper, DeploymentReader reader, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(substrate, cancellationToken) is null)
        {
            return Unknown(substrate);
        }

        if (request?.Reference is { } reference && string.IsNullOrWhiteSpace(reference))
        {
            return Problem.Invalid("reference", "the reference is empty", "name a branch, a tag or a commit, or leave it out");
        }

        return await keeper.StartAsync(substrate, request?.Reference, cancellationToken) switch
        {
            StartOutcome.Refused refused => Problem.Conflict(refused.Field, refused.Detail, refused.Fix),
            StartOutcome.Unhealthy sick => Problem.Conflict(
                "deploy.probes", $"it was started, did not come up healthy and was stopped again: {sick.Reason}\n{sick.LogTail}".Trim(),
                "read the end of its log above; try the command of deploy by hand"),
            _ => TypedResults.Ok(await reader.ReadAsync(substrate, cancellationToken)),
        };
    }

    private static async Task<Results<Ok<DeploymentDetail>, ProblemHttpResult>> Stop(
        string substrate, ISubstrateDirectory directory, InstanceKeeper keeper, DeploymentReader reader, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(substrate, cancellationToken) is null)
        {
            return Unknown(substrate);
        }

        await keeper.StopAsync(substrate, cancellationToken);
        return TypedResults.Ok(await reader.ReadAsync(substrate, cancellationToken));
    }

    private static async Task<Results<Ok<DeploymentDetail>, ProblemHttpResult>> RollBack(
        string substrate, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RollBackDeployment? request, ISubstrateDirectory directory,
        RollbackDesk desk, DeploymentReader reader, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(substrate, cancellationToken) is null)
        {
            return Unknown(substrate);
        }

        if ((request?.By?.Length > RollBackDeployment.Longest ? "by" : request?.Reason?.Length > RollBackDeployment.Longest ? "reason" : null) is { } field)
        {
            return Problem.Invalid(field, $"it has more than {RollBackDeployment.Longest} characters", "send a shorter one");
        }

        var (by, reason) = (Or(request?.By, "anonymous"), Or(request?.Reason, "a person asked for it"));
        return await desk.RollBackAsync(substrate, by, reason, cancellationToken) is StartOutcome.Refused refused
            ? Problem.Conflict(refused.Field, refused.Detail, refused.Fix)
            : TypedResults.Ok(await reader.ReadAsync(substrate, cancellationToken));
    }

    private static string Or(string? given, string otherwise) => string.IsNullOrWhiteSpace(given) ? otherwise : given;

    private static async Task<Results<Ok<DeploymentDetail>, ProblemHttpResult>> Remove(
        string substrate, ISubstrateDirectory directory, InstanceKeeper keeper, DeploymentReader reader, CancellationToken cancellationToken, bool keepState = false)
    {
        if (await directory.FindAsync(substrate, cancellationToken) is null)
        {
            return Unknown(substrate);
        }

        return await keeper.RemoveAsync(substrate, keepState, cancellationToken) is StartOutcome.Refused refused
            ? Problem.Conflict(refused.Field, refused.Detail, refused.Fix)
            : TypedResults.Ok(await reader.ReadAsync(substrate, cancellationToken));
    }

    private static ProblemHttpResult Unknown(string substrate) => Problem.Missing(
        "substrate", $"no substrate '{substrate}' is registered", "see GET /api/substrates for the names, or add it: moss substrate add");
}
