using Microsoft.AspNetCore.Http.HttpResults;
using Moss.Gateway.Keys;
using Moss.ServiceDefaults.Problems;

namespace Moss.Gateway.Access;

/// <summary>What is answered to whom is not let through.</summary>
internal static class Refusals
{
    private const string HowToSend = "send it as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'; the moss command takes --api-key or MOSS_API_KEY";

    public static ProblemHttpResult NoKey() => Unauthorised("Authorization", "the request carries no key", HowToSend);

    public static ProblemHttpResult UnclearKey(PresentedKey.Unclear unclear) => Unauthorised(unclear.Field, unclear.Reason, HowToSend);

    public static ProblemHttpResult UnknownKey() =>
        Unauthorised("Authorization", "the key is not known here", "look for a copying mistake, or ask the operator for a key");

    public static ProblemHttpResult OtherScope(ApiKey key, Scope needed) => Problem.Of(
        StatusCodes.Status403Forbidden, "The key does not allow this", "Authorization",
        $"the key '{key.Name}' is for {string.Join(", ", key.Scopes.Select(scope => scope.Text()))}, and this takes {needed.Text()}",
        $"use a key with the scope {needed.Text()}");

    public static ProblemHttpResult NoSuchPath(HttpRequest request) =>
        Problem.Missing("path", $"there is no {request.Method} {request.Path}", "GET /openapi/v1.json lists what there is");

    public static ProblemHttpResult NoSuchMethod(HttpRequest request) => Problem.Of(
        StatusCodes.Status405MethodNotAllowed, "The method is not known", "method", $"{request.Method} is not used here",
        $"use {string.Join(" or ", EndpointScopes.Methods)}; GET /openapi/v1.json lists what there is");

    private static ProblemHttpResult Unauthorised(string field, string detail, string fix) =>
        Problem.Of(StatusCodes.Status401Unauthorized, "A key is needed", field, detail, fix);
}
