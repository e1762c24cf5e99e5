using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Moss.Cli.Demo;

/// <summary>The running sample, as its users see it.</summary>
internal sealed class DeskService(HttpClient http, int port)
{
    private static readonly string[] Messages = ["Hello, where is my order A1001?"];

    /// <summary>A few conversations, so that there is a state to lose.</summary>
    public async Task TalkAsync(int sessions, CancellationToken cancellationToken)
    {
        for (var session = 1; session <= sessions; session++)
        {
            // Not streamed: the desk wants to know the length.
            using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { session = string.Create(CultureInfo.InvariantCulture, $"demo-{session}"), customer = "C11", messages = Messages }));
            using var response = await http.PostAsync(Address("chat"), body, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Sessions handled since the state folder was made, and the version that says so.</summary>
    public async Task<DeskHealth> HealthAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<DeskHealth>(Address("health"), JsonSerializerOptions.Web, cancellationToken))!;

    private Uri Address(string path) => new($"http://127.0.0.1:{port}/{path}");
}

internal sealed record DeskHealth(string Status, int Handled, string Version);
