namespace Moss.EventStore.Turns;

/// <summary>Work that one process at a time does, and another takes over.</summary>
public static class TurnLoop
{
    /// <summary>
    /// Waits for the turn and works while it is held; waits again when it was lost, however the work ended then. Ends with
    /// <paramref name="stopping"/>, when the work ends by itself, and with what the work throws while it holds the turn.
    /// </summary>
    public static async Task RunAsync(this ITurns turns, string name, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await using var turn = await turns.TakeAsync(name, stopping);
                using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping, turn.Lost);
                try
                {
                    await work(held.Token);
                }
#pragma warning disable CA1031 // What takes the turn away breaks the work as well: no failure of such work may end it for good.
                catch when (turn.Lost.IsCancellationRequested && !stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    // Somebody else works on; wait for the next turn.
                }

                if (!turn.Lost.IsCancellationRequested)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process ends.
        }
    }
}
