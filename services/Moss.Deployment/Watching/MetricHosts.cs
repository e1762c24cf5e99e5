using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Moss.Substrates;

namespace Moss.Deployment.Watching;

/// <summary>
/// From which servers watches may read. Substrates name them and Moss asks them, so whoever operates Moss has the last word: without it a declaration could
/// reach whatever Moss can reach.
/// </summary>
internal sealed partial class MetricHosts(IOptions<DeploymentOptions> options)
{
    /// <summary>True when an entry of the setting can match something: a name or an address, IPv6 in brackets, with or without a port.</summary>
    public static bool IsWritten(string entry) => Entry().IsMatch(entry);

    /// <summary>Null when all metrics of a declaration may be read; else which may not, and the fix.</summary>
    public string? WhyNot(WatchDeclaration? watch) => watch?.Metrics
        .Select((metric, at) => WhyNot(metric.Url) is { } reason ? FormattableString.Invariant($"deploy.watch.metrics[{at}].url: {reason}") : null)
        .FirstOrDefault(reason => reason is not null);

    /// <summary>Null when the server may be read; else why not, and the fix.</summary>
    /// <param name="url">Its base address.</param>
    public string? WhyNot(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return $"{url} is no address";
        }

        var place = FormattableString.Invariant($"{address.Host}:{address.Port}");
        var allowed = options.Value.MetricHosts;
        return (allowed.Count == 0 ? IsThisMachine(address) : allowed.Any(entry => Is(entry, address.Host) || Is(entry, place)))
            ? null
            : $"this Moss reads no metrics from {place}; whoever operates it allows that with {place} in {DeploymentOptions.Section}:MetricHosts";
    }

    // By what is written and not by what a name resolves to: names can be made to point here.
    private static bool IsThisMachine(Uri address) => Is("localhost", address.Host) || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static bool Is(string entry, string place) => string.Equals(entry, place, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[1-9][0-9]{0,4})?\z")]
    private static partial Regex Entry();
}
