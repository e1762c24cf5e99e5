using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Moss.Gateway.Keys;
using Moss.ServiceDefaults.Configuration;

namespace Moss.Gateway.Settings;

/// <summary>Everything that the gateway was told, checked.</summary>
/// <param name="Keys">Empty when it is open.</param>
/// <param name="Services">Addresses of services that are elsewhere than the routes say, by the name of the service.</param>
/// <param name="Options">The rest.</param>
internal sealed record GatewaySettings(
    ImmutableArray<ApiKey> Keys, IReadOnlyDictionary<string, ImmutableArray<Uri>> Services, GatewayOptions Options)
{
    private const string NoKeys =
        "Moss:Gateway:Keys has no key, so that nobody could use the gateway: make one with `moss gateway key --name NAME --scopes report,read` and set what it prints, "
        + "or set Moss__Gateway__Open=true where only the owner of the machine reaches the gateway";

    private const string OpenWithKeys = "Moss:Gateway:Open is true although there are keys: set it to false, or take the keys away";

    /// <exception cref="SettingsException">Something is missing or wrong; everything is told at once.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var options = Bind(configuration);
        Check(options, GatewayOptions.Section, problems);
        foreach (var scope in Scopes.All)
        {
            Check(options.Limits.Of(scope), $"{GatewayOptions.Section}:Limits:{scope}", problems);
        }

        var services = ServiceAddresses.Read(configuration, problems);
        var before = problems.Count;
        var keys = KeyReader.Read(configuration.GetSection($"{GatewayOptions.Section}:Keys"), problems);
        if (problems.Count == before && keys.IsEmpty != options.Open)
        {
            problems.Add(options.Open ? OpenWithKeys : NoKeys);
        }

        return problems.Count == 0 ? new(keys, services, options) : throw new SettingsException(string.Join('\n', problems));
    }

    private static GatewayOptions Bind(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new SettingsException($"{unreadable.Message} Write it as docs/operations.md shows.");
        }
    }

    private static void Check(object options, string section, List<string> problems)
    {
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
        problems.AddRange(wrong.Select(one => $"{section}:{one.MemberNames.First()} is out of its range: {one.ErrorMessage}"));
    }
}
