using System.Globalization;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace Moss.ModelProxy.Calls;

/// <summary>Tells an upstream that is not to be had from one that answers, if only with a complaint about the request. Pure.</summary>
internal static class UpstreamOutage
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>What an answer says; null for one that is an answer.</summary>
    public static ModelOutage? Of(string upstream, HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => new(401, $"the upstream refused the key that Moss has for it (Moss:Models:{upstream})"),
        HttpStatusCode.TooManyRequests => new(429, "the upstream answers that it was asked too often (429)") { RetryAfter = After(answer) },
        >= HttpStatusCode.InternalServerError => new((int)answer.StatusCode, string.Create(
            CultureInfo.InvariantCulture, $"the upstream is out of order ({(int)answer.StatusCode})")) { RetryAfter = After(answer) },
        _ => null,
    };

    /// <summary>What became of a call without any answer.</summary>
    /// <param name="error">What the forwarder says.</param>
    /// <param name="hungUp">True when the client did not wait any longer.</param>
    /// <param name="waited">Time since the call.</param>
    public static ModelOutage? Of(ForwarderError error, bool hungUp, TimeSpan waited) => error switch
    {
        ForwarderError.None => null,
        _ when hungUp => new(504, string.Create(CultureInfo.InvariantCulture, $"the upstream had not answered after {waited.TotalSeconds:0} s")) { Waited = waited },
        ForwarderError.RequestTimedOut => new(504, "the upstream did not answer in time"),
        _ => new(502, "the upstream cannot be reached"),
    };

    /// <summary>In seconds, as all vendors write it; a date would need their clock.</summary>
    private static TimeSpan? After(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta is { } wait && wait >= TimeSpan.Zero ? wait < Longest ? wait : Longest : null;
}
