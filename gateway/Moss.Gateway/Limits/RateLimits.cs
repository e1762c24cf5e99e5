using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Moss.Gateway.Access;
using Moss.Gateway.Keys;
using Moss.Gateway.Settings;
using Moss.ServiceDefaults.Problems;

namespace Moss.Gateway.Limits;

/// <summary>How often one caller may ask, for each scope by itself. Who is refused is told when to come again.</summary>
internal static class RateLimits
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services, GatewayOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string, Scope)>(context =>
        {
            var asking = context.Features.GetRequiredFeature<Asking>();
            var scope = asking.Needed ?? Scope.Read;
            return RateLimitPartition.GetTokenBucketLimiter((asking.Caller.Counted, scope), _ => BucketOf(options.Limits.Of(scope)));
        });
        limiter.OnRejected = RefuseAsync;
    });

    private static TokenBucketRateLimiterOptions BucketOf(RateLimit limit)
    {
        var tokens = Math.Max(1, limit.PerMinute / 60);
        return new()
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * tokens / limit.PerMinute,
            QueueLimit = 0,
        };
    }

    private static async ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > Second ? told : Second;
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var context = refused.HttpContext;
        var asking = context.Features.GetRequiredFeature<Asking>();
        context.Response.Headers.RetryAfter = seconds;
        await Problem.Of(
            StatusCodes.Status429TooManyRequests, "Too many requests", "Authorization",
            $"{asking.Caller.Counted} asks more often than the limit for {(asking.Needed ?? Scope.Read).Text()} allows",
            $"wait {seconds} s, and send several failures in one report").ExecuteAsync(context);
    }
}
