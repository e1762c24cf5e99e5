using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Deployment.Instances;
using Moss.Deployment.Overseeing;
using Moss.Domain.Oversight;
using Moss.ServiceDefaults.Problems;
using Moss.Workspaces;

namespace Moss.Deployment.Api;

/// <summary>Looking over what was promoted, and answering.</summary>
internal static class OversightEndpoints
{
    private const int LongestText = 4000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var oversight = routes.MapGroup("/api/oversight").WithTags("Oversight");
        oversight.MapGet("{substrate}", Read).WithSummary("What was promoted and is not signed, with why, at what cost, on what evidence")
            .Produces<OversightView>().ProducesProblem(404).ProducesProblem(409);
        oversight.MapGet("{substrate}/page", Page).WithSummary("The same as one page of Markdown")
            .Produces<string>(contentType: "text/markdown").ProducesProblem(404).ProducesProblem(409);
        oversight.MapGet("{substrate}/guard", Guard).WithSummary("Whether the remote lets anything else write the stable branch, and the hook that does not")
            .Produces<RemoteGuardView>().ProducesProblem(404).ProducesProblem(409);
        oversight.MapPost("{substrate}/sign", Sign).WithSummary("Merge exactly the head that was seen to the stable branch, signed")
            .Produces<SignedView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        oversight.MapPost("{substrate}/refuse", Refuse).WithSummary("Take what was promoted since the last review out of production")
            .Produces<RefusedView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static Task<IResult> Read(string substrate, OversightReader reader, CancellationToken cancellationToken) =>
        ToldAsync(async () => TypedResults.Ok(await reader.ReadAsync(substrate, cancellationToken)));

    private static Task<IResult> Page(string substrate, OversightReader reader, CancellationToken cancellationToken) =>
        ToldAsync(async () => TypedResults.Text((await reader.ReadAsync(substrate, cancellationToken)).Page, "text/markdown"));

    private static Task<IResult> Guard(string substrate, OversightReader reader, CancellationToken cancellationToken) =>
        ToldAsync(async () => TypedResults.Ok(await reader.GuardAsync(substrate, cancellationToken)));

    private static Task<IResult> Sign(string substrate, AnswerReview request, OversightDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(substrate, request, false, answer => desk.SignAsync(answer, cancellationToken));

    private static Task<IResult> Refuse(string substrate, AnswerReview request, OversightDesk desk, CancellationToken cancellationToken) =>
        AnswerAsync(substrate, request, true, answer => desk.RefuseAsync(answer, request.Why!.Trim(), cancellationToken));

    private static async Task<IResult> AnswerAsync(string substrate, AnswerReview request, bool isRefusal, Func<ReviewAnswer, Task<OversightOutcome>> decide)
    {
        var problems = Problems(request, isRefusal).ToList();
        return problems.Count > 0
            ? Problem.Invalid(problems)
            : await decide(new ReviewAnswer(substrate, request.Head!, request.By!.Trim())) switch
            {
                OversightOutcome.Merged merged => TypedResults.Ok(SignedView.Of(merged.Period)),
                OversightOutcome.Undone undone => TypedResults.Ok(RefusedView.Of(undone.Progress)),
                OversightOutcome.Declined { Field: "substrate" } unknown => Problem.Missing(unknown.Field, unknown.Detail, unknown.Fix),
                OversightOutcome.Declined declined => Problem.Conflict(declined.Field, declined.Detail, declined.Fix),
                var other => throw new InvalidOperationException($"unknown outcome {other}"),
            };
    }

    private static IEnumerable<RequestProblem> Problems(AnswerReview request, bool isRefusal)
    {
        if (request.Head is not { Length: 40 } head || !head.All(char.IsAsciiHexDigitLower))
        {
            yield return new("head", "the head is no full commit hash", "send the head that the review shows: GET /api/oversight/{substrate}");
        }

        if (request.By?.Trim() is not { Length: > 0 and <= 100 } by || by.Any(char.IsControl))
        {
            yield return new("by", "nobody is named", "send the name of the person who read the review, up to 100 characters on one line");
        }

        if (isRefusal && request.Why?.Trim() is not { Length: > 0 and <= LongestText })
        {
            yield return new("why", "there is no reason, or a very long one", $"say why it is refused, in up to {LongestText} characters");
        }
    }

    private static async Task<IResult> ToldAsync(Func<Task<IResult>> read)
    {
        try
        {
            return await read();
        }
        catch (NotDeployableException unknown) when (unknown.Field == "substrate")
        {
            return Problem.Missing(unknown.Field, unknown.Message, unknown.Fix);
        }
        catch (NotDeployableException problem)
        {
            return Problem.Conflict(problem.Field, problem.Message, problem.Fix);
        }
        catch (RepositoryException problem)
        {
            return Problem.Conflict("repository", problem.Message, "mend the repository and ask again");
        }
    }
}
