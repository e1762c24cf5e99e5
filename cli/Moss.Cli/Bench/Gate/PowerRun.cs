using System.Globalization;
using Moss.Cli.Api;

namespace Moss.Cli.Bench.Gate;

/// <summary>How the bench is run.</summary>
internal sealed record PowerOptions(int Runs, string Depth, int Seed, int AtOnce, string Data);

/// <summary>A true effect and how often it was detected.</summary>
/// <param name="Before">Pass rate of the live version.</param>
/// <param name="After">Pass rate of every candidate.</param>
/// <param name="Runs">Evolutions whose failures showed.</param>
/// <param name="Detected">Those that offered a candidate.</param>
/// <param name="MeanIterations">Iterations of an evolution.</param>
/// <param name="MeanTrials">Trials of an evolution, both versions and the baseline together.</param>
/// <param name="Exact">Computed for one iteration, with the trials that are planned at this rate.</param>
/// <param name="Curve">The same for other numbers of trials.</param>
internal sealed record PowerRow(
    double Before, double After, int Runs, int Detected, double MeanIterations, double MeanTrials, PowerPointView Exact, IReadOnlyList<PowerPointView> Curve);

/// <summary>Detection by effect, measured and computed.</summary>
internal sealed record PowerReport(string Depth, int Seed, IReadOnlyList<PowerRow> Effects, double Seconds);

/// <summary>Takes candidates that do something through the real gate, and sets beside it what Moss computes before it spends anything.</summary>
internal sealed class PowerRun(PowerOptions options, Action<string> progress, TimeProvider clock)
{
    private const int Scenarios = 2;

    private static readonly (double Before, double After)[] Effects = [(0, 1), (0, 0.95), (0, 0.8), (0.3, 1), (0.5, 1), (0.5, 0.9), (0.7, 1)];

    public async Task<PowerReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var bench = await GateBench.StartAsync(options.Data, clock, cancellationToken);
        var outcomes = new GateOutcome[Effects.Length * options.Runs];
        await Parallel.ForAsync(
            0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken },
            async (run, token) =>
            {
                var (before, after) = Effects[run / options.Runs];
                var name = string.Create(CultureInfo.InvariantCulture, $"power-{run + 1}");
                outcomes[run] = await bench.EvolveAsync(
                    new(name, before, after, Scenarios, false, GateSubject.SaltOf(options.Seed, name)), options.Depth, token);
                progress(string.Create(CultureInfo.InvariantCulture, $"{before} -> {after}: {outcomes[run].Verdict}"));
            });

        var rows = new List<PowerRow>();
        foreach (var (effect, place) in Effects.Select((effect, place) => (effect, place)))
        {
            var power = await bench.Client.GetAsync<PowerView>(Question(effect.Before, effect.After), cancellationToken);
            rows.Add(RowOf(effect.Before, effect.After, [.. outcomes.Skip(place * options.Runs).Take(options.Runs)], power));
        }

        return new(options.Depth, options.Seed, rows, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1));
    }

    private static PowerRow RowOf(double before, double after, GateOutcome[] outcomes, PowerView power)
    {
        var shown = outcomes.Where(outcome => outcome.Verdict != "NotReproduced").ToList();
        return new(
            before, after, shown.Count, shown.Count(outcome => outcome.Offered), Mean(shown.Select(outcome => outcome.Iterations)),
            Mean(shown.Select(outcome => outcome.Trials)), power.Planned, power.Curve);
    }

    private string Question(double before, double after) => string.Create(
        CultureInfo.InvariantCulture,
        $"api/evolutions/power?depth={options.Depth}&scenarios={Scenarios}&before={before}&after={after}");

    private static double Mean(IEnumerable<int> values) => Math.Round(values.DefaultIfEmpty(0).Average(), 1);
}
