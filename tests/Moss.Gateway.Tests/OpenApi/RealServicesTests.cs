using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Moss.Cli.Api;
using Moss.Gateway.Tests.Routing;
using Moss.Gateway.Tests.Running;
using Moss.Standalone;
using Moss.Standalone.Hosting;
using Moss.Testing;

namespace Moss.Gateway.Tests.OpenApi;

/// <summary>The gateway before the services themselves, which are one process here.</summary>
public sealed partial class RealServicesTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private DataFolder data = null!;
    private WebApplication services = null!;
    private GatewayBench bench = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--data", folder.Combine("data"), "--urls", "http://127.0.0.1:0"]);
        data = builder.AddStandalone();
        services = builder.Build();
        services.MapStandalone();
        await services.StartAsync();
        var url = services.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        bench = await GatewayBench.StartAsync(
            [.. new[] { "Ingestion", "Planning", "Implementation", "Trials", "Deployment", "Orchestrator" }.Select(service => $"--Moss:Services:{service}={url}")]);
        http = MossClient.Connect(bench.Url, TestKeys.Read);
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await bench.DisposeAsync();
        await services.DisposeAsync();
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task One_valid_document_describes_every_endpoint_with_its_scope()
    {
        var text = await http.GetStringAsync("openapi/v1.json");

        var read = OpenApiDocument.Parse(text, OpenApiConstants.Json);
        read.Document!.Info.Description!.ShouldNotContain("Not there now");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        var described = read.Document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => $"{operation.Key} {path.Key}".TrimEnd('/'))).ToList();
        described.ShouldBe(Catalog.All.Select(endpoint => $"{endpoint.Method} {Constraint().Replace(endpoint.Template, "}")}"), ignoreOrder: true);
        read.Document.Paths.SelectMany(path => path.Value.Operations!.Values).ShouldAllBe(operation => operation.Description!.Contains("scope"));
    }

    [Fact]
    public async Task The_moss_command_gets_answers_and_problems_as_without_a_gateway()
    {
        var client = new MossClient(http);

        (await client.GetAsync<AuditView>("api/audit/verify", CancellationToken.None)).Ok.ShouldBeTrue();
        (await client.GetAsync<List<SubstrateView>>("api/substrates", CancellationToken.None)).ShouldBeEmpty();
        var unknown = await Should.ThrowAsync<ApiException>(client.GetAsync<EvolutionView>($"api/evolutions/{GatewayBench.Id}", CancellationToken.None));
        unknown.Problem.ShouldSatisfyAllConditions(
            problem => problem.Status.ShouldBe(404), problem => problem.Field.ShouldBe("id"), problem => problem.Fix.ShouldBe("GET /api/evolutions lists them"));
        var forbidden = await Should.ThrowAsync<ApiException>(client.PostAsync<StartedView>("api/evolutions", new { batch = GatewayBench.Id }, CancellationToken.None));
        forbidden.Problem.Fix.ShouldBe("use a key with the scope operate");
    }

    [Fact]
    public async Task What_a_service_finds_wrong_with_a_report_is_told_through_the_gateway()
    {
        using var answer = await bench.PostAsync("/api/evidence", TestKeys.Report, JsonContent.Create(new { items = new[] { new { substrate = "nobody" } } }));

        (await Refusal.ShouldBeAsync(answer, 400)).Field.ShouldStartWith("items[0]");
    }

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();
}
