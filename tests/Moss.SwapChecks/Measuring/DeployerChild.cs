using System.Diagnostics;
using System.Text.Json;
using Moss.SwapChecks.Deployer;

namespace Moss.SwapChecks.Measuring;

/// <summary>A deployer in a process of its own.</summary>
internal static class DeployerChild
{
    /// <summary>What it said; null when it was killed.</summary>
    public static async Task<DeployerReport?> RunAsync(DeployerOrder order, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DeployerChild).Assembly.Location, "deployer"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(order, BenchJson.Options).AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return said.Length > 0 ? JsonSerializer.Deserialize<DeployerReport>(said, BenchJson.Options)
            : order.KillAfter > 0 ? null
            : throw new InvalidOperationException($"the deployer ended with exit code {process.ExitCode}");
    }
}
