namespace Moss.Gateway.Access;

/// <summary>Says at the start that nobody needs a key.</summary>
internal sealed partial class OpenWarning(ILogger<OpenWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogOpen();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The gateway is open: whoever reaches it may do everything, consent included (Moss:Gateway:Open)")]
    private partial void LogOpen();
}
