using System.Globalization;

namespace Moss.Cli.Bench.Gate;

/// <summary>How the bench is run.</summary>
/// <param name="Runs">Evolutions whose failures showed.</param>
/// <param name="Defect">none, flaky or noisy.</param>
/// <param name="Depth">light, standard or deep.</param>
/// <param name="Seed">The same seed gives the same draws.</param>
/// <param name="AtOnce">Evolutions at once.</param>
/// <param name="Data">Everything that it makes is below this folder.</param>
internal sealed record AaOptions(int Runs, string Defect, string Depth, int Seed, int AtOnce, string Data);

/// <summary>Takes candidates that do nothing through the real gate, and counts those that it would promote.</summary>
internal sealed class AaRun(AaOptions options, Action<AaRow> progress, TimeProvider clock)
{
    /// <summary>Where failures seldom show, so many evolutions are begun for each that counts.</summary>
    private const int Tries = 20;

    /// <summary>The runs are spread over batches of one scenario to so many; a scenario that shows no failure leaves the batch, and guards.</summary>
    private const int MostFailures = 3;

    private static readonly double[] Rates = [0.3, 0.5, 0.7, 0.9];

    /// <summary>Pass rates over which the runs are spread.</summary>
    public static IReadOnlyList<double> RatesOf(string defect) => defect == "none" ? [0] : Rates;

    public async Task<AaReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var bench = await GateBench.StartAsync(options.Data, clock, cancellationToken);
        var rows = new AaRow[options.Runs];
        await Parallel.ForAsync(
            0, options.Runs, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken },
            async (run, token) =>
            {
                rows[run] = await RunAsync(bench, run, token);
                progress(rows[run]);
            });
        return AaReport.Of(options, rows, clock.GetElapsedTime(started));
    }

    /// <summary>An evolution whose failures do not show has no candidate to rule on: it is begun again with other draws, and counted apart.</summary>
    private async Task<AaRow> RunAsync(GateBench bench, int run, CancellationToken cancellationToken)
    {
        var rates = RatesOf(options.Defect);
        for (var attempt = 0; ; attempt++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"aa-{options.Defect}-{run + 1}-{attempt}");
            var subject = new GateSubject(
                name, rates[run % rates.Count], null, 1 + (run % MostFailures), options.Defect == "noisy", GateSubject.SaltOf(options.Seed, name));
            var outcome = await bench.EvolveAsync(subject, options.Depth, cancellationToken);
            if (outcome.Verdict != "NotReproduced" || attempt == Tries - 1)
            {
                return new(run + 1, subject.Before, outcome, attempt);
            }
        }
    }
}
