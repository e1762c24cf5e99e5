using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Moss.Containers.Engine.Networks;
using Moss.SwapChecks;
using Moss.SwapChecks.Deployer;
using Moss.SwapChecks.Measuring;
using Moss.SwapChecks.Subjects;
using Moss.Testing.Docker;

// One request on standard input, a row for each swap on standard output, what goes on in the meantime on standard error: `moss bench swap`
// is the one who asks. With `deployer` it is the deployer of one swap, which may be told to kill itself.
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};

try
{
    var said = await Console.In.ReadToEndAsync(interrupted.Token);
    if (args is ["deployer"])
    {
        var order = JsonSerializer.Deserialize<DeployerOrder>(said, BenchJson.Options)!;
        Console.Out.Write(JsonSerializer.Serialize(await DeployerProcess.RunAsync(order, TimeProvider.System), BenchJson.Options));
        return 0;
    }

    await BenchAsync(JsonSerializer.Deserialize<BenchRequest>(said, BenchJson.Options)!);
    return 0;
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception wrong) when (wrong is ArgumentException or JsonException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

async Task BenchAsync(BenchRequest request)
{
    var services = SwapService.All.Where(service => request.Services?.Contains(service.Name) ?? true).ToList();
    var scenarios = SwapScenario.All.Where(scenario => request.Scenarios?.Contains(scenario.Name) ?? true).ToList();
    await using var docker = await DockerServer.StartAsync();
    var network = $"moss-swap-{Guid.NewGuid():n}";
    await docker.Engine.Networks.CreateAsync(new NetworkSpec(network, new Dictionary<string, string>()), interrupted.Token);
    var images = new SwapImages(docker.Engine, request.Roots, request.Script);
    var ground = new SwapGround(docker.Engine, docker.Socket, network, images, TimeProvider.System);
    await images.PrepareAsync([.. services.SelectMany(service => new[] { service.OldRelease, service.NewRelease }).Distinct()], interrupted.Token);
    var count = 0;
    var rows = Channel.CreateUnbounded<SwapRow>();
    var all = AllAsync([.. services.Select(service => new SwapBench(ground, service))], scenarios, request, rows.Writer);
    await foreach (var row in rows.Reader.ReadAllAsync(interrupted.Token))
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(row, BenchJson.Options));
        await Console.Error.WriteLineAsync($"{++count} {row.Service}, {row.Scenario}, {Disturbed(row)}: {(row.Detail.Length == 0 ? "ok" : row.Detail)}");
    }

    await all;
    await docker.Engine.Networks.RemoveAsync(network, CancellationToken.None);
}

// First what is measured by the second, alone; then what has to come out right, as many at once as were asked for.
async Task AllAsync(IReadOnlyList<SwapBench> benches, IReadOnlyList<SwapScenario> scenarios, BenchRequest request, ChannelWriter<SwapRow> rows)
{
    try
    {
        foreach (var bench in benches.Where(_ => scenarios.Contains(SwapScenario.Good)))
        {
            await PassAsync(bench.DowntimesAsync(interrupted.Token), rows);
        }

        var lanes = new ParallelOptions { MaxDegreeOfParallelism = request.AtOnce, CancellationToken = interrupted.Token };
        var cases = scenarios.SelectMany(scenario => benches.Select(bench => bench.RunAsync(scenario, request.Kills, interrupted.Token)));
        await Parallel.ForEachAsync(cases, lanes, async (lane, _) => await PassAsync(lane, rows));
        rows.Complete();
    }
    catch (Exception broken)
    {
        rows.Complete(broken);
        throw;
    }
}

string Disturbed(SwapRow row) => row.RecoverySeconds is { } recovery
    ? string.Create(CultureInfo.InvariantCulture, $"killed after {row.KilledAfter}, recovered in {recovery:0.0} s")
    : row.EngineSeconds is { } engine ? string.Create(CultureInfo.InvariantCulture, $"{row.DowntimeSeconds:0.00} s down, the engine's own {engine:0.00} s") : "undisturbed";

async Task PassAsync(IAsyncEnumerable<SwapRow> found, ChannelWriter<SwapRow> rows)
{
    await foreach (var row in found)
    {
        await rows.WriteAsync(row, interrupted.Token);
    }
}
