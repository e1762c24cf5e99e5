namespace Moss.Standalone.Hosting;

/// <summary>Stops Moss when the program that started it closes its end of standard input, by intent or by dying.</summary>
internal sealed class StopWithParent(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (await input.ReadAsync(buffer, stoppingToken) > 0)
        {
        }

        lifetime.StopApplication();
    }
}
