using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.Swap;

/// <summary>How the bench is run.</summary>
/// <param name="Services">Names; empty for all.</param>
/// <param name="Scenarios">Names; empty for all.</param>
/// <param name="Kills">Whether the deployer is killed after each of its steps.</param>
/// <param name="Roots">Folder of the releases' packages, which are fetched where they are not there.</param>
/// <param name="AtOnce">How many swaps go on at once.</param>
internal sealed record SwapOptions(IReadOnlyCollection<string> Services, IReadOnlyCollection<string> Scenarios, bool Kills, string Roots, int AtOnce);

/// <summary>Has real services swapped by the real deployment service, which is killed on the way.</summary>
internal sealed class SwapRun(SwapOptions options, Action<string> progress, TimeProvider clock)
{
    public async Task<SwapReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var program = new HelperProgram(MossHome.SwapChecks, "the services could not be swapped", "`moss doctor` says what this machine lacks; a Docker daemon and root are needed") { Tell = progress };
        var request = new
        {
            services = Some(options.Services), scenarios = Some(options.Scenarios), options.Kills, options.Roots, script = Path.Combine(MossHome.Folder, "scripts", "swap-images"),
            options.AtOnce,
        };
        var rows = new List<SwapRow>();
        await foreach (var row in program.AskAsync<SwapRow>(request, cancellationToken))
        {
            rows.Add(row);
        }

        return SwapReport.Of(rows, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1));
    }

    private static List<string>? Some(IReadOnlyCollection<string> names) => names.Count == 0 ? null : [.. names];
}
