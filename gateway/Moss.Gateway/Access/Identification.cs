using Moss.Gateway.Keys;

namespace Moss.Gateway.Access;

/// <summary>Finds out who asks for what. Services are told the caller's name in a header that no caller can set, and never the key.</summary>
internal sealed class Identification(RequestDelegate next, KeyRing keys)
{
    /// <summary>The name of the key; absent where nobody needs one.</summary>
    public const string CallerHeader = "X-Moss-Caller";

    private const string OwnHeaders = "X-Moss-";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var caller = Recognise(context);
        foreach (var forged in headers.Keys.Where(name => name.StartsWith(OwnHeaders, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            headers.Remove(forged);
        }

        headers.Remove("Authorization");
        headers.Remove(PresentedKey.Header);
        if (caller is Caller.Known known)
        {
            headers[CallerHeader] = known.Key.Name;
        }

        context.Features.Set(new Asking(caller, EndpointScopes.Needed(context.Request.Method, context.Request.Path)));
        return next(context);
    }

    private Caller Recognise(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return keys.IsOpen
            ? new Caller.Anyone(address)
            : PresentedKey.Of(context.Request.Headers) switch
            {
                PresentedKey.One presented when keys.Find(presented.Text) is { } key => new Caller.Known(key),
                PresentedKey.One => new Caller.Stranger(address, Refusals.UnknownKey()),
                PresentedKey.Unclear unclear => new Caller.Stranger(address, Refusals.UnclearKey(unclear)),
                _ => new Caller.Stranger(address, Refusals.NoKey()),
            };
    }
}
