using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Moss.ServiceDefaults.Problems;

/// <summary>
/// Answers for requests that cannot be done, as RFC 9457 problem details with two members more: <c>field</c> (where in the
/// request) and <c>fix</c> (what to do).
/// </summary>
public static class Problem
{
    /// <summary>400: something in the request is wrong.</summary>
    public static ProblemHttpResult Invalid(string field, string detail, string fix) =>
        Of(StatusCodes.Status400BadRequest, "The request is not valid", field, detail, fix);

    /// <summary>400: several things are wrong; all are told at once.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<RequestProblem> problems) => TypedResults.Problem(
        problems[0].Detail, statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid",
        extensions: [new("field", problems[0].Field), new("fix", problems[0].Fix), new("problems", problems)]);

    /// <summary>404: there is no such thing.</summary>
    public static ProblemHttpResult Missing(string field, string detail, string fix) =>
        Of(StatusCodes.Status404NotFound, "There is no such thing", field, detail, fix);

    /// <summary>409: it cannot be done in the present state.</summary>
    public static ProblemHttpResult Conflict(string field, string detail, string fix) =>
        Of(StatusCodes.Status409Conflict, "The present state does not allow this", field, detail, fix);

    /// <summary>413: there is more of it than is read.</summary>
    public static ProblemHttpResult TooLarge(string field, string detail, string fix) =>
        Of(StatusCodes.Status413PayloadTooLarge, "The request is too large", field, detail, fix);

    /// <summary>Any other refusal.</summary>
    public static ProblemHttpResult Of(int status, string title, string field, string detail, string fix) => TypedResults.Problem(
        detail, statusCode: status, title: title, extensions: [new("field", field), new("fix", fix)]);
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">Where, such as <c>items[2].scenario</c>.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record RequestProblem(string Field, string Detail, string Fix);
