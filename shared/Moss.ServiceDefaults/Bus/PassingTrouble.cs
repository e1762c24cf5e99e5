using System.Data.Common;

namespace Moss.ServiceDefaults.Bus;

/// <summary>What a message may wait out: a database that is away for a moment. Everything else would only happen again.</summary>
internal static class PassingTrouble
{
    /// <summary>Ten minutes together with <see cref="Pause"/>.</summary>
    public const int Attempts = 200;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private static readonly string[] StoppingOrStarting = ["57P01", "57P02", "57P03"];

    public static bool Is(Exception exception) => exception switch
    {
        DbException broken => broken.IsTransient || StoppingOrStarting.Contains(broken.SqlState, StringComparer.Ordinal),
        { InnerException: DbException inner } => Is(inner),
        _ => false,
    };
}
