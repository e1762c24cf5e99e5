using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moss.Deployment.Probing;

/// <summary>GET on the port: 200 to 299, no redirect followed, an answer of bounded length that comes to its end.</summary>
internal sealed class HttpProbe : IDisposable
{
    /// <summary>A health answer that is longer is no health answer.</summary>
    public const int BodyLimit = 64 * 1024;

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = 64,
        // Each round asks anew: a kept connection would speak to what was stopped meanwhile.
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<ProbeVerdict> AskAsync(IPEndPoint place, string path, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(string.Create(CultureInfo.InvariantCulture, $"http://{place}/{path.TrimStart('/')}"), UriKind.Absolute, out var address))
        {
            return new ProbeVerdict(false, $"http {path} is no path");
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.ConnectionClose = true;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)response.StatusCode;
            if (status is < 200 or > 299)
            {
                return new ProbeVerdict(false, string.Create(CultureInfo.InvariantCulture, $"http {path} answered {status}"));
            }

            return await EndsAsync(response, cancellationToken)
                ? new ProbeVerdict(true, string.Create(CultureInfo.InvariantCulture, $"http {path} answered {status}"))
                : new ProbeVerdict(false, string.Create(CultureInfo.InvariantCulture, $"http {path} answered more than {BodyLimit} bytes"));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new ProbeVerdict(false, $"http {path} failed: {Root(broken).Message}");
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<bool> EndsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BodyLimit + 1];
        return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) <= BodyLimit;
    }

    private static Exception Root(Exception broken) => broken.InnerException is SocketException socket ? socket : broken;
}
