using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Moss.Cli.Compose;
using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Commands;

internal static partial class UpCommand
{
    public static Command Create()
    {
        var data = DataFolder();
        var compose = new Option<bool>("--compose") { Description = "Run every service in a container of its own, with RabbitMQ and PostgreSQL (MOSS_PORT, default 8080)" };
        var scale = new Option<string[]>("--scale") { Description = "With --compose: how many of a service, such as trials=4", DefaultValueFactory = _ => [] };
        var unlimited = new Option<bool>("--allow-unlimited-processes")
        {
            Description = "Run trials also where nothing can limit the number of their processes (as root without control groups)",
        };
        return new Command("up", "Run Moss: in one process, in the foreground, on --url; or with --compose in containers")
        {
            data, compose, scale, unlimited,
        }.Runs((context, cancellationToken) => context.Get(compose)
            ? ComposeAsync(context, context.Get(data).FullName, context.Get(scale), cancellationToken)
            : ProcessAsync(context, context.Get(data).FullName, context.Get(scale), context.Get(unlimited), cancellationToken));
    }

    public static Option<DirectoryInfo> DataFolder() => new("--data")
    {
        Description = "Folder that holds everything Moss keeps (default: MOSS_DATA, then .moss)",
        DefaultValueFactory = _ => new(DefaultData),
    };

    public static string DefaultData => Environment.GetEnvironmentVariable("MOSS_DATA") ?? ".moss";

    private static async Task<int> ComposeAsync(CommandContext context, string data, string[] scale, CancellationToken cancellationToken)
    {
        if (scale.FirstOrDefault(one => !Scale().IsMatch(one)) is { } wrong)
        {
            throw new UsageException("--scale", $"'{wrong}' is no number of a service", "name ingestion, planning, implementation, trials or orchestrator, such as trials=4");
        }

        void Say(string line)
        {
            if (!context.AsJson)
            {
                context.Screen.Line(line);
            }
        }

        var settings = ComposeSettings.Read(data);
        var tool = await ComposeTool.FindAsync(settings, cancellationToken);
        await settings.PrepareAsync(data, cancellationToken);
        await new BaseImages(tool, settings, Say).PrepareAsync(cancellationToken);
        var containers = await new Topology(tool, settings, TimeProvider.System, Say).UpAsync(scale, Path.Combine(data, "compose-build.log"), cancellationToken);
        var view = new ComposeView($"http://127.0.0.1:{settings[ComposeSettings.Port]}", settings[ComposeSettings.Substrates], [.. containers.Select(container => container.Service)]);
        context.Show(view, up =>
        {
            context.Screen.Line($"Moss answers at {up.Url} ({up.Containers.Count} containers, all healthy)");
            context.Screen.Line($"repositories of substrates that lie on this machine belong below {up.Substrates}");
        });
        return ExitCodes.Done;
    }

    private static async Task<int> ProcessAsync(CommandContext context, string data, string[] scale, bool unlimited, CancellationToken cancellationToken)
    {
        if (scale.Length > 0)
        {
            throw new UsageException("--scale", "one process has one of everything", "add --compose");
        }

        string[] arguments =
        [
            MossHome.Standalone, "--data", data, "--urls", context.Url.ToString(),
            .. unlimited ? (string[])["--allow-unlimited-processes", "true"] : [],
        ];
        using var moss = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        await moss.WaitForExitAsync(cancellationToken);
        return moss.ExitCode;
    }

    [GeneratedRegex("^(ingestion|planning|implementation|trials|orchestrator)=[1-9][0-9]?$")]
    private static partial Regex Scale();
}

internal sealed record ComposeView(string Url, string Substrates, IReadOnlyList<string> Containers);
