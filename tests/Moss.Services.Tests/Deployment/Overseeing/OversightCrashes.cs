namespace Moss.Services.Tests.Deployment.Overseeing;

/// <summary>Moss is killed before and after every append and every effect of an answer, each time in a world of its own with one promoted commit.</summary>
internal static class OversightCrashes
{
    /// <summary>Returns at how many points it was killed.</summary>
    /// <param name="answer">What it is killed in, given the head.</param>
    /// <param name="holds">Lets the next Moss go on and says what must hold then, given the head and where the one before was killed.</param>
    public static async Task<int> KillAnywhereAsync(Func<OversightLife, string, Task> answer, Func<OversightBench, string, string, Task> holds)
    {
        for (var point = 1; ; point++)
        {
            await using var bench = await OversightBench.ServingAsync();
            var head = await bench.PromotedAsync("one.py");
            await using (var moss = bench.Moss(new KillSwitch(point)))
            {
                try
                {
                    await answer(moss, head);
                    return point - 1;
                }
                catch (KilledException)
                {
                    // As was meant.
                }
            }

            await holds(bench, head, $"killed at {point}");
        }
    }
}
