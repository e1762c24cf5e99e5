using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Moss.Cli.Api;

/// <summary>Talks to Moss over HTTP; what the server refuses comes back as <see cref="ApiException"/>.</summary>
internal sealed class MossClient(HttpClient http)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Sends every request to <paramref name="url"/>, with the key when there is one.</summary>
    public static HttpClient Connect(Uri url, string? apiKey) => new()
    {
        BaseAddress = url,
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = apiKey is null ? null : new("Bearer", apiKey) },
    };

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(new(HttpMethod.Get, path), cancellationToken);

    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(new(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }, options: Json) }, cancellationToken);

    public Task<T> PostAsync<T>(string path, HttpContent body, string idempotencyKey, CancellationToken cancellationToken) =>
        SendAsync<T>(new(HttpMethod.Post, path) { Content = body, Headers = { { "Idempotency-Key", idempotencyKey } } }, cancellationToken);

    public async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(new(HttpMethod.Get, path), cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>What happens to an evolution, from its beginning to its end.</summary>
    public async IAsyncEnumerable<TimelineEntry> FollowAsync(Guid evolution, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(new(HttpMethod.Get, $"api/evolutions/{evolution}/stream"), cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            yield return JsonSerializer.Deserialize<TimelineEntry>(item.Data, Json)!;
        }
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(request, cancellationToken);
        return response.Content.Headers.ContentLength == 0
            ? default!
            : (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw new ApiException(await ApiProblem.ReadAsync(response, cancellationToken));
            }
        }
    }
}
