using System.Collections.Immutable;

namespace Moss.Gateway.Settings;

/// <summary>Reads where services are, section <c>Moss:Services</c>: a name, and an address or several with commas between them.</summary>
internal static class ServiceAddresses
{
    public const string Section = "Moss:Services";

    private static readonly string[] Names = ["Deployment", "Implementation", "Ingestion", "Orchestrator", "Planning", "Trials"];

    public static IReadOnlyDictionary<string, ImmutableArray<Uri>> Read(IConfiguration configuration, List<string> problems)
    {
        var found = new Dictionary<string, ImmutableArray<Uri>>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            if (!Names.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add($"{entry.Path} names no service: there are {string.Join(", ", Names)}");
            }
            else
            {
                found[entry.Key] = Addresses(entry, problems);
            }
        }

        return found;
    }

    private static ImmutableArray<Uri> Addresses(IConfigurationSection entry, List<string> problems)
    {
        var texts = (entry.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (texts.Length > 0 && texts.All(IsAddress))
        {
            return [.. texts.Select(text => new Uri(text))];
        }

        problems.Add($"{entry.Path} is '{entry.Value}', which is no address of a service: write http://{entry.Key.ToLowerInvariant()}:8080");
        return [];
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", Host.Length: > 0 };
}
