using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Moss.Gateway.Access;
using Moss.Gateway.Keys;
using Moss.Gateway.Settings;
using Moss.ServiceDefaults.Problems;

namespace Moss.Gateway.Limits;

/// <summary>How much one request may carry: a report more than anything else.</summary>
internal sealed class BodyLimit(RequestDelegate next, GatewayOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var largest = Largest(context, options);
        var reading = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength > largest)
        {
            // The server reads what still comes for a while, so that the client gets to read the answer.
            reading?.MaxRequestBodySize = null;
            return TooLarge(largest).ExecuteAsync(context);
        }

        reading?.MaxRequestBodySize = largest;
        return next(context);
    }

    public static ProblemHttpResult TooLarge(long largest) =>
        Problem.TooLarge("body", $"the request is larger than {largest} bytes", "send less in one request; several reports are as good as one");

    public static long Largest(HttpContext context, GatewayOptions options) =>
        context.Features.GetRequiredFeature<Asking>().Needed == Scope.Report ? options.LargestReport : options.LargestRequest;
}
