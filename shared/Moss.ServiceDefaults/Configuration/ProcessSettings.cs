using Microsoft.Extensions.Configuration;
using Moss.EventStore.Postgres;

namespace Moss.ServiceDefaults.Configuration;

/// <summary>What every service that is a process of its own must be told, section <c>Moss</c>.</summary>
/// <param name="Store">Connection string of the PostgreSQL database that all services share.</param>
/// <param name="Bus">Address of the RabbitMQ broker that all services share.</param>
/// <param name="Data">Absolute path of a folder of this process alone.</param>
public sealed record ProcessSettings(string Store, Uri Bus, string Data)
{
    private const string StoreKey = "Moss:Store";
    private const string BusKey = "Moss:Bus";
    private const string DataKey = "Moss:Data";

    /// <summary>Reads and checks all of them.</summary>
    /// <exception cref="SettingsException">Something is missing or wrong; everything is told at once.</exception>
    public static ProcessSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var store = Text(configuration, StoreKey, "a PostgreSQL connection string, such as Host=localhost;Database=moss;Username=moss;Password=…", problems);
        var bus = Text(configuration, BusKey, "the broker's address, such as amqp://moss:password@localhost:5672/", problems);
        var data = Text(configuration, DataKey, "an absolute path of a folder for this process alone, such as /var/lib/moss", problems);
        if (store is not null && PostgresAddress.Problem(store) is { } wrongStore)
        {
            problems.Add($"{StoreKey} {wrongStore}");
        }

        if (bus is not null && !IsBroker(bus))
        {
            problems.Add($"{BusKey} is no address of a broker: write amqp://user:password@host:port/virtual-host, or amqps for TLS");
        }

        if (data is not null && !Path.IsPathFullyQualified(data))
        {
            problems.Add($"{DataKey} is '{data}', which is no absolute path: begin it with /");
        }

        return problems.Count == 0
            ? new(store!, new Uri(bus!), Path.GetFullPath(data!))
            : throw new SettingsException(string.Join('\n', problems));
    }

    private static string? Text(IConfiguration configuration, string key, string wanted, List<string> problems)
    {
        if (configuration[key] is { } value && !string.IsNullOrWhiteSpace(value))
        {
            return value;
        }

        problems.Add($"{key} is not set: set the environment variable {key.Replace(":", "__", StringComparison.Ordinal)} to {wanted}");
        return null;
    }

    private static bool IsBroker(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "amqp" or "amqps", Host.Length: > 0 };
}
