using Moss.Cli.Api;
using Moss.Cli.Hosting;

namespace Moss.Cli.Demo;

/// <summary>The Moss that shows itself: one that the demo starts, or one that runs already.</summary>
internal sealed class DemoMoss : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly StandaloneProcess? started;

    private DemoMoss(HttpClient http, StandaloneProcess? started) => (this.http, this.started, Client) = (http, started, new MossClient(http));

    public MossClient Client { get; }

    public static async Task<DemoMoss> OpenAsync(DemoOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (options.Target is { } target)
        {
            return new(MossClient.Connect(target.Url, target.ApiKey), null);
        }

        var started = await StandaloneProcess.StartAsync(Path.Combine(options.Data, "moss"), clock, cancellationToken);
        return new(MossClient.Connect(started.Url, apiKey: null), started);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (started is not null)
        {
            await started.DisposeAsync();
        }
    }
}
