using System.Globalization;

namespace Moss.Cli.Output;

internal static class Duration
{
    public static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
