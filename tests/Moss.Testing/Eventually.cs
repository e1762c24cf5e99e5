using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Moss.Testing;

/// <summary>Looks again and again at what somebody else does in their own time, of which nobody tells.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns once the condition holds.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="what">Names it when it never holds.</param>
    /// <exception cref="TimeoutException">It does not hold within two minutes.</exception>
    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed > Patience)
            {
                throw new TimeoutException($"It never came to this: {what}");
            }

            await Task.Delay(Glance, TimeProvider.System);
        }
    }
}
