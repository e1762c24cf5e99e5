using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Moss.ServiceDefaults.Problems;

/// <summary>Turns everything that goes wrong with a request into a problem that says what to do.</summary>
public static class ProblemRegistration
{
    /// <summary>Malformed bodies and unknown failures become problem details too.</summary>
    public static IServiceCollection AddMossProblems(this IServiceCollection services) =>
        services.AddProblemDetails()
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
            .AddExceptionHandler<BadRequestHandler>();

    /// <summary>Puts the handlers in front of all endpoints.</summary>
    public static IApplicationBuilder UseMossProblems(this IApplicationBuilder app) => app.UseExceptionHandler().UseStatusCodePages();

    private sealed class BadRequestHandler : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not BadHttpRequestException bad)
            {
                return false;
            }

            var json = bad.InnerException as System.Text.Json.JsonException;
            var fix = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "send less in one request"
                : "send one JSON document in UTF-8 of the shape that /openapi/v1.json describes";
            await Problem.Of(bad.StatusCode, "The request is not valid", json?.Path ?? "body", json?.Message ?? bad.Message, fix).ExecuteAsync(context);
            return true;
        }
    }
}
