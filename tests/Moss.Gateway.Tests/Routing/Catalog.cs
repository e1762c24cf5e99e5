using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Moss.Deployment;
using Moss.Gateway.Tests.Running;
using Moss.Implementation;
using Moss.Ingestion;
using Moss.Orchestrator;
using Moss.Planning;
using Moss.Standalone;
using Moss.Testing;
using Moss.Trials;

namespace Moss.Gateway.Tests.Routing;

/// <summary>An endpoint of a service, as the service maps it.</summary>
internal sealed record Mapped(string Service, string Method, string Template)
{
    /// <summary>A path that the template matches.</summary>
    public string Example => Regex.Replace(
        Template, @"\{(?<name>\w+)[^}]*\}", match => match.Groups["name"].Value switch { "id" => GatewayBench.Id, "hash" => new string('a', 64), _ => "till" });
}

/// <summary>All endpoints of all services, read from the services themselves.</summary>
internal static class Catalog
{
    private static readonly Dictionary<string, Action<IEndpointRouteBuilder>> Doors = new(StringComparer.Ordinal)
    {
        ["ingestion"] = routes => routes.MapIngestion(),
        ["planning"] = routes => routes.MapPlanning(),
        ["implementation"] = routes => routes.MapImplementation(),
        ["trials"] = routes => routes.MapTrials(),
        ["deployment"] = routes => routes.MapDeployment(),
        ["orchestrator"] = routes => routes.MapOrchestrator(),
    };

    static Catalog()
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder(["--data", folder.Combine("data")]);
        using var data = builder.AddStandalone();
        using var app = builder.Build();
        All = [.. Doors.SelectMany(door => Of(door.Key, app.Services, door.Value))];
        app.MapStandalone();
        OfStandalone = [.. Of("standalone", app)];
    }

    public static IReadOnlyList<Mapped> All { get; }

    /// <summary>What one process with all services has, health and description included.</summary>
    public static IReadOnlyList<Mapped> OfStandalone { get; }

    private static IEnumerable<Mapped> Of(string service, IServiceProvider services, Action<IEndpointRouteBuilder> map)
    {
        var routes = new Routes(services);
        map(routes);
        return Of(service, routes);
    }

    private static IEnumerable<Mapped> Of(string service, IEndpointRouteBuilder routes) => routes.DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            .Select(method => new Mapped(service, method, "/" + endpoint.RoutePattern.RawText!.Trim('/'))));

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
