using Microsoft.AspNetCore.Http.Features;
using Moss.Gateway.Keys;

namespace Moss.Gateway.Access;

/// <summary>Lets a request pass when its caller may ask it, and writes down who changed what.</summary>
internal sealed partial class Permission(RequestDelegate next, ILogger<Permission> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var asking = context.Features.GetRequiredFeature<Asking>();
        switch (asking)
        {
            case { Caller: Caller.Stranger stranger }:
                context.Response.Headers.WWWAuthenticate = "Bearer";
                await stranger.Refusal.ExecuteAsync(context);
                return;
            case { Needed: null } when !EndpointScopes.Methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase):
                context.Response.Headers.Allow = string.Join(", ", EndpointScopes.Methods);
                await Refusals.NoSuchMethod(context.Request).ExecuteAsync(context);
                return;
            case { Needed: null }:
                await Refusals.NoSuchPath(context.Request).ExecuteAsync(context);
                return;
            case { Caller: Caller.Known known, Needed: { } needed } when !known.Key.Scopes.Contains(needed):
                await Refusals.OtherScope(known.Key, needed).ExecuteAsync(context);
                return;
        }

        await next(context);
        if (asking.Needed is Scope.Operate or Scope.Approve)
        {
            LogChange(asking.Caller.Counted, context.Request.Method, context.Request.Path, context.Response.StatusCode);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Caller}: {Method} {Path} -> {Status}")]
    private partial void LogChange(string caller, string method, string path, int status);
}
