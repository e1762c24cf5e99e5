using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moss.Deployment;
using Moss.ServiceDefaults.Problems;

namespace Moss.Services.Tests.Deployment;

/// <summary>The service behind its HTTP API.</summary>
internal sealed class DeploymentSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string root;

    private DeploymentSite(WebApplication app, string root) => (this.app, this.root, Client) = (app, root, app.GetTestClient());

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    /// <param name="root">Below which paths are, such as <c>/api/deployments</c>.</param>
    /// <param name="compose">Adds the service and what it needs.</param>
    public static async Task<DeploymentSite> StartAsync(string root, Action<IServiceCollection> compose)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        compose(builder.Services);
        builder.Services.AddMossProblems();
        // Recovery has tests of its own; here it would only hurry through its time.
        builder.Services.Remove(builder.Services.Last(service => service.ServiceType == typeof(IHostedService)));
        var app = builder.Build();
        app.UseMossProblems();
        app.MapDeployment();
        await app.StartAsync();
        return new DeploymentSite(app, root);
    }

    public Uri At(string path) => new($"{root}/{path}", UriKind.Relative);

    public async Task<JsonObject> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonObject>(At(path)))!;

    /// <param name="path">Below the root.</param>
    /// <param name="body">None when null.</param>
    /// <param name="expected">Status of the answer.</param>
    public async Task<JsonObject> PostAsync(string path, object? body, HttpStatusCode expected)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var answer = await Client.PostAsync(At(path), content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
