using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Moss.Gateway.Keys;

namespace Moss.Gateway.Access;

/// <summary>Who asks.</summary>
internal abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>Whose requests are counted together.</summary>
    public abstract string Counted { get; }

    /// <summary>Somebody with a key.</summary>
    public sealed record Known(ApiKey Key) : Caller
    {
        public override string Counted => $"key {Key.Name}";
    }

    /// <summary>Somebody, where nobody needs a key.</summary>
    public sealed record Anyone(IPAddress? Address) : Caller
    {
        public override string Counted => $"address {Address}";
    }

    /// <summary>Somebody without a key that is known, where one is needed.</summary>
    public sealed record Stranger(IPAddress? Address, ProblemHttpResult Refusal) : Caller
    {
        public override string Counted => $"stranger {Address}";
    }
}

/// <summary>Who asks, and for what; a feature of the request.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Needed">The scope that it takes; null for what nobody can ask.</param>
internal sealed record Asking(Caller Caller, Scope? Needed);
