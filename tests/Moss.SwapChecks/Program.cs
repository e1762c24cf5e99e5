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
    await images.PrepareAsync([.. services.SelectMany(service => new[] { service.OldRelease, service.NewRelease }).Distinct()], interrupted.Token);
    var rows = Channel.CreateUnbounded<SwapRow>();
    var running = services.Select(service => ServiceAsync(new SwapBench(docker.Engine, docker.Socket, network, images, service, TimeProvider.System), scenarios, request.Kills, rows.Writer)).ToList();
    var all = Task.WhenAll(running).ContinueWith(ended => rows.Writer.Complete(ended.Exception?.InnerException), TaskScheduler.Default);
    await foreach (var row in rows.Reader.ReadAllAsync(interrupted.Token))
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(row, BenchJson.Options));
        await Console.Error.WriteLineAsync($"{row.Service}, {row.Scenario}, killed after {row.KilledAfter}: {(row.Detail.Length == 0 ? "ok" : row.Detail)}");
    }

    await all;
    await docker.Engine.Networks.RemoveAsync(network, CancellationToken.None);
}

async Task ServiceAsync(SwapBench bench, IReadOnlyList<SwapScenario> scenarios, bool kills, ChannelWriter<SwapRow> rows)
{
    await foreach (var row in bench.RunAsync(scenarios, kills, interrupted.Token))
    {
        await rows.WriteAsync(row, interrupted.Token);
    }
}
