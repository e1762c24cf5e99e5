using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Moss.Gateway.Keys;

namespace Moss.Gateway.Settings;

/// <summary>What the gateway may be told, section <c>Moss:Gateway</c>; the keys are read by themselves.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Moss:Gateway";

    /// <summary>Nobody needs a key. Only without keys, and only where nobody but the owner of the machine reaches the gateway.</summary>
    public bool Open { get; set; }

    /// <summary>Bytes of one report of evidence at most.</summary>
    [Range(1_000, 96 * 1024 * 1024)]
    public long LargestReport { get; set; } = 32 * 1024 * 1024;

    /// <summary>Bytes of any other request at most.</summary>
    [Range(1_000, 96 * 1024 * 1024)]
    public long LargestRequest { get; set; } = 1024 * 1024;

    /// <summary>How often each service is asked whether it is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a service may take to say so.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the API descriptions of the services are kept before they are asked for again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DocumentCache { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often each key, or each address where no keys are, may ask.</summary>
    public ScopeLimits Limits { get; set; } = new();
}

/// <summary>A limit for each scope; requests of one do not count against another.</summary>
internal sealed class ScopeLimits
{
    public RateLimit Report { get; set; } = new() { PerMinute = 6_000, Burst = 1_000 };

    public RateLimit Read { get; set; } = new() { PerMinute = 6_000, Burst = 1_000 };

    public RateLimit Operate { get; set; } = new() { PerMinute = 600, Burst = 100 };

    public RateLimit Approve { get; set; } = new() { PerMinute = 60, Burst = 20 };

    public RateLimit Of(Scope scope) => scope switch
    {
        Scope.Report => Report,
        Scope.Read => Read,
        Scope.Operate => Operate,
        Scope.Approve => Approve,
        _ => throw new UnreachableException(),
    };
}

/// <summary>So many requests at once, and so many more each minute.</summary>
internal sealed class RateLimit
{
    [Range(1, 10_000_000)]
    public int PerMinute { get; set; }

    [Range(1, 10_000_000)]
    public int Burst { get; set; }
}
