using Microsoft.Extensions.Hosting;

namespace Moss.ServiceDefaults.Hosting;

/// <summary>Stops Moss when the program that started it closes its end of standard input, by intent or by dying.</summary>
public sealed class StopWithParent(IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>The setting that asks for it.</summary>
    public const string Setting = "stop-with-stdin";

    /// <inheritdoc/>
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
