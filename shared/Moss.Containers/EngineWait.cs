using Moss.Containers.Engine;

namespace Moss.Containers;

/// <summary>Waits for an engine that is away: a daemon that was restarted is back in seconds.</summary>
public static class EngineWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when the engine answers, at once when it does already.</summary>
    /// <param name="engine">Which.</param>
    /// <param name="patience">Longest wait; not even one question is asked when zero.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it answered.</returns>
    public static async Task<bool> ForAsync(EngineClient engine, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < patience)
        {
            try
            {
                await engine.System.PingAsync(cancellationToken);
                return true;
            }
            catch (EngineException)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        return false;
    }
}
