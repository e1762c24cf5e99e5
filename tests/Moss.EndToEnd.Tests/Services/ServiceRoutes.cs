namespace Moss.EndToEnd.Tests.Services;

/// <summary>Sends each request to the service that answers it, as a gateway does.</summary>
/// <param name="find">Where a service listens now.</param>
internal sealed class ServiceRoutes(Func<string, Uri> find) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>What clients are given as the address; nobody listens there.</summary>
    public static readonly Uri Anywhere = new("http://moss.invalid/");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(find(ServiceOf(request)), request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }

    private static string ServiceOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Split('/') switch
    {
        ["", "api", "evolutions"] when request.Method == HttpMethod.Post => "Ingestion",
        ["", "api", "substrates" or "evidence" or "batches", ..] => "Ingestion",
        ["", "api", "deployments", ..] => "Deployment",
        ["", "api", "trials", ..] => "Trials",
        _ => "Orchestrator",
    };
}
