using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Swap;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands;

/// <summary>Whether a container is swapped without losing its state, whatever happens.</summary>
internal static class SwapCommand
{
    private static readonly string[] Known = ["redis", "nginx", "rabbitmq"];
    private static readonly string[] Scenarios = ["good", "unhealthy at start", "dies after 20 s", "slow start", "migrates the volume"];

    public static Command Create()
    {
        var services = new Option<string?>("--services") { Description = $"Comma-separated: {string.Join(", ", Known)} (default: all)" };
        var scenarios = new Option<string?>("--scenarios") { Description = $"Comma-separated: {string.Join(", ", Scenarios)} (default: all)" };
        var kills = new Option<bool>("--no-kills") { Description = "Leave out the runs whose deployer is killed" };
        var roots = new Option<DirectoryInfo>("--roots")
        {
            Description = "Folder for the packages of the Debian releases, which are fetched once", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(".moss", "swap-roots")),
        };
        var atOnce = new Option<int>("--at-once") { Description = "How many swaps go on at once, 1 to 16: faster, and recoveries take longer where cores are few", DefaultValueFactory = _ => 1 };
        return new Command("swap", "Real services of two Debian releases, swapped in place by the real deployment service, which is killed after every step that it stores. It needs a checkout of the source, root and Docker")
        {
            services, scenarios, kills, roots, atOnce,
        }.Runs(async (context, cancellationToken) =>
        {
            var options = new SwapOptions(
                Chosen(context.Get(services), "--services", Known), Chosen(context.Get(scenarios), "--scenarios", Scenarios), !context.Get(kills), context.Get(roots).FullName, Lanes(context.Get(atOnce)));
            var report = await new SwapRun(options, Console.Error.WriteLine, TimeProvider.System).RunAsync(cancellationToken);
            context.Show(report, view => Print(context.Screen, view));
            return report.Holds ? ExitCodes.Done : ExitCodes.DoesNotConform;
        });
    }

    private static string[] Chosen(string? given, string option, string[] known)
    {
        var chosen = given?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return chosen.Except(known).FirstOrDefault() is { } unknown
            ? throw new UsageException(option, $"'{unknown}' is not known", $"choose from: {string.Join(", ", known)}")
            : chosen;
    }

    private static int Lanes(int given) =>
        given is >= 1 and <= 16 ? given : throw new UsageException("--at-once", string.Create(CultureInfo.InvariantCulture, $"{given} is no number of swaps"), "give 1 to 16");

    private static void Print(Screen screen, SwapReport report)
    {
        screen.Table(
            ["service", "swaps", "wrong", "engine's own", "downtime", "recovery p95"],
            report.Services.Select(service => new[]
            {
                service.Name, service.Runs.ToString(CultureInfo.InvariantCulture), service.Wrong.ToString(CultureInfo.InvariantCulture),
                Seconds(service.EngineSeconds), Seconds(service.DowntimeSeconds), Seconds(service.RecoveryP95Seconds),
            }));
        screen.Line($"{report.Runs} swaps: {report.StateLost} lost state, {report.TwoWriters} had two writers, {report.UnhealthyEnd} ended unhealthy, {report.WrongRollback} ended with the wrong version");
        screen.Line(string.Create(
            CultureInfo.InvariantCulture, $"downtime by the engine's own stop and start: {report.DowntimeRatioMedian:0.00}; recovery p95 {Seconds(report.RecoveryP95Seconds)}; {report.Seconds:0} s"));
        foreach (var wrong in report.Wrong)
        {
            screen.Line($"{wrong.Service}, {wrong.Scenario}, killed after {wrong.KilledAfter}: {wrong.Detail}");
        }
    }

    private static string Seconds(double? seconds) => seconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.00} s") : "";
}
