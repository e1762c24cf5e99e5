using Microsoft.Extensions.Logging;

namespace Moss.ServiceDefaults.Hosting;

/// <summary>Work that is looked for at once and then every now and then, for as long as the process lives.</summary>
public static partial class Repeatedly
{
    /// <summary>Does the work until it is told to stop; work that broke is logged and done again at its next time.</summary>
    /// <param name="every">Between two beginnings, above zero; longer work delays the next.</param>
    /// <param name="clock">Says when that is.</param>
    /// <param name="logger">Hears what broke.</param>
    /// <param name="what">Names the work there, as the subject of a sentence.</param>
    /// <param name="work">The work.</param>
    /// <param name="stopping">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was told to stop. Nothing else is thrown, also when the work broke in that moment.</exception>
    public static async Task RunAsync(
        TimeSpan every, TimeProvider clock, ILogger logger, string what, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(every, clock);
        do
        {
            try
            {
                await work(stopping);
            }
#pragma warning disable CA1031 // Store, broker or engine may be away for a while, and nobody else would look for this work.
            catch (Exception broken) when (broken is not OperationCanceledException || !stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogBroke(logger, what, every, broken);
            }
        }
        while (await tick.WaitForNextTickAsync(stopping));
    }

    [LoggerMessage(LogLevel.Error, "{What} broke; trying again in {Every}")]
    private static partial void LogBroke(ILogger logger, string what, TimeSpan every, Exception exception);
}
