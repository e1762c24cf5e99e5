using System.Diagnostics;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>Looks again and again at what another process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var since = Stopwatch.StartNew();
        while (!condition())
        {
            since.Elapsed.ShouldBeLessThan(Patience, what);
            await Task.Delay(Glance, TimeProvider.System);
        }
    }
}
