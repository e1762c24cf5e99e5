using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Moss.Gateway.Limits;
using Moss.Gateway.Settings;
using Moss.ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace Moss.Gateway.Proxy;

/// <summary>What is answered when a service did not.</summary>
internal static class Failures
{
    private const string Unsure = "if it changes something, look first whether it was done; a report with an Idempotency-Key is sent again as it is";

    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(2);

    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var status = context.Response.StatusCode;
        context.Response.Clear();
        if (status >= StatusCodes.Status500InternalServerError)
        {
            context.Response.Headers.RetryAfter = ComeAgain.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        await Answer(context, status, failure.Error).ExecuteAsync(context);
    }

    private static ProblemHttpResult Answer(HttpContext context, int status, ForwarderError error)
    {
        var service = context.GetReverseProxyFeature().Cluster.Config.Service();
        var again = $"send it again in {ComeAgain.TotalSeconds} s; {Unsure}. GET /health/ready tells which services are there";
        return status switch
        {
            StatusCodes.Status413PayloadTooLarge =>
                BodyLimit.TooLarge(BodyLimit.Largest(context, context.RequestServices.GetRequiredService<GatewayOptions>())),
            < StatusCodes.Status500InternalServerError =>
                Problem.Of(status, "The request broke off", "body", "the request ended before all of it was there", "send it again, whole"),
            StatusCodes.Status504GatewayTimeout => Problem.Of(status, "A service takes too long", "service", $"{service} did not answer in time", again),
            _ => Problem.Of(status, "A service is not there", "service", $"{service} {Said(error)}", again),
        };
    }

    private static string Said(ForwarderError error) => error switch
    {
        ForwarderError.NoAvailableDestinations => "has no process that could be asked",
        ForwarderError.Request or ForwarderError.RequestCreation => "cannot be reached",
        _ => "went away before it answered",
    };
}
