using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Moss.Domain.Evidence;

namespace Moss.Deployment.Probing;

/// <summary>GET on the port: 200 to 299, no redirect followed, an answer of bounded length that comes to its end.</summary>
internal sealed class HttpProbe : IDisposable
{
    /// <summary>A health answer that is longer is no health answer.</summary>
    public const int BodyLimit = 64 * 1024;

    /// <summary>Bytes of a bad answer that are kept.</summary>
    private const int ShownBody = 512;

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
                var said = await SaidAsync(response, cancellationToken);
                return new ProbeVerdict(false, string.Create(CultureInfo.InvariantCulture, $"http {path} answered {status}{said}"));
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

    // What an instance says of its own trouble is often all that is left of it.
    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[ShownBody];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = ForeignText.Clean(Encoding.UTF8.GetString(buffer, 0, length)).ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "" : $": {text}";
    }

    private static async Task<bool> EndsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BodyLimit + 1];
        return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) <= BodyLimit;
    }

    private static Exception Root(Exception broken) => broken.InnerException is SocketException socket ? socket : broken;
}
