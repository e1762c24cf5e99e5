using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Moss.Containers.Engine.Transport;

/// <summary>Makes calls and turns everything that can go wrong with them into <see cref="EngineException"/>.</summary>
internal sealed class EngineTransport : IDisposable
{
    private readonly EngineOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private string? version;

    public EngineTransport(EngineOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) => new NetworkStream(await EngineSocket.ConnectAsync(options.Socket, cancellation), ownsSocket: true),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        http = new HttpClient(handler) { BaseAddress = new Uri("http://engine"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>A call whose answer is read as a whole.</summary>
    public Task<T> ReadAsync<T>(EngineCall call, CancellationToken cancellationToken) => WithinTimeAsync(call, async limited =>
    {
        using var response = await SendAsync(call, limited);
        return await response.Content.ReadFromJsonAsync<T>(EngineJson.Options, limited) ?? throw EngineJson.Unreadable(null);
    }, cancellationToken);

    /// <summary>A call whose answer is JSON in one header, in Base64.</summary>
    public Task<T> ReadHeaderAsync<T>(EngineCall call, string header, CancellationToken cancellationToken) => WithinTimeAsync(call, async limited =>
    {
        using var response = await SendAsync(call, limited);
        var text = response.Headers.TryGetValues(header, out var values) ? values.First() : "";
        var json = new byte[text.Length];
        return Convert.TryFromBase64String(text, json, out var length) ? EngineJson.Read<T>(json.AsSpan(0, length)) : throw EngineJson.Unreadable(null);
    }, cancellationToken);

    /// <summary>A call whose answer is that it was done.</summary>
    public Task DoAsync(EngineCall call, CancellationToken cancellationToken) => WithinTimeAsync(call, async limited =>
    {
        using var response = await SendAsync(call, limited);
        return true;
    }, cancellationToken);

    /// <summary>A call whose answer is a stream, without a limit in time; the caller disposes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(EngineCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, await AddressAsync(call, cancellationToken)) { Content = call.Content };
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (EngineLoss.Is(exception))
        {
            throw EngineLoss.Of(exception, call);
        }

        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw await EngineRefusal.ReadAsync(call, response, cancellationToken);
        }
    }

    /// <summary>A call that sends as long as there is something to send, and whose answer is that it was done.</summary>
    public async Task DoStreamedAsync(EngineCall call, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(call, cancellationToken);
    }

    /// <summary>A call whose answer is bytes; disposing of them ends the call.</summary>
    public async Task<Stream> StreamAsync(EngineCall call, CancellationToken cancellationToken) =>
        await (await SendAsync(call, cancellationToken)).Content.ReadAsStreamAsync(cancellationToken);

    /// <summary>A call that turns its connection into a stream in both directions.</summary>
    public async Task<EngineConnection> HijackAsync(EngineCall call, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(call, cancellationToken);
        return await WithinTimeAsync(call, limited => EngineConnection.OpenAsync(options.Socket, call, address, limited), cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<string> AddressAsync(EngineCall call, CancellationToken cancellationToken) =>
        $"/v{version ??= await NegotiateAsync(cancellationToken)}{call.Path}";

    private Task<string> NegotiateAsync(CancellationToken cancellationToken)
    {
        var ping = EngineCall.Get("_ping");
        return WithinTimeAsync(ping, async limited =>
        {
            using var response = await http.GetAsync(new Uri(ping.Path, UriKind.Relative), limited);
            return response.IsSuccessStatusCode
                ? EngineApiVersion.Choose(response.Headers.TryGetValues("Api-Version", out var values) ? values.First() : null)
                : throw await EngineRefusal.ReadAsync(ping, response, limited);
        }, cancellationToken);
    }

    private async Task<T> WithinTimeAsync<T>(EngineCall call, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException(EngineFailure.Unreachable, string.Create(
                CultureInfo.InvariantCulture, $"The container engine did not answer to {call.Method} {call.Path} within {options.CallTimeout.TotalSeconds:0.##} s."));
        }
        catch (JsonException broken)
        {
            throw EngineJson.Unreadable(broken);
        }
        catch (Exception exception) when (EngineLoss.Is(exception))
        {
            throw EngineLoss.Of(exception, call);
        }
    }
}
