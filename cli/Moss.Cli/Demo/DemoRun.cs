using System.Globalization;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Commands.Evo;

namespace Moss.Cli.Demo;

/// <summary>The main job of Moss, told as it happens: failures in, a verified change out, consent, swap.</summary>
internal sealed class DemoRun(DemoOptions options, Narrator narrator, TimeProvider clock)
{
    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        narrator.Chapter(options.Target is { } target ? $"Moss at {target.Url}, and its sample" : $"Moss and its sample, in {options.Data}");
        await using var moss = await DemoMoss.OpenAsync(options, clock, cancellationToken);
        var client = moss.Client;
        var substrate = await DemoSubstrate.CreateAsync(options, await FreeNameAsync(client, cancellationToken), cancellationToken);
        // A client of its own: the key of Moss is none of the substrate's business.
        // A connection for each request: the desk closes each without saying so, and behind the proxy of a published port that is seen too late.
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = Timeout.InfiniteTimeSpan };
        var desk = new DeskService(http, substrate.Port);

        await client.PostAsync<SubstrateView>("api/substrates", new { repository = substrate.Repository }, cancellationToken);
        await client.PostAsync<JsonElement>($"api/deployments/{substrate.Name}/start", null, cancellationToken);
        try
        {
            await desk.TalkAsync(3, cancellationToken);
            var before = await desk.HealthAsync(cancellationToken);
            narrator.Say($"{substrate.Name} {before.Version} serves on port {substrate.Port}, {before.Handled} sessions handled");

            var evolution = await ReportAndStartAsync(client, substrate, cancellationToken);
            var timeline = await FollowAsync(client, evolution, cancellationToken);
            return await CloseAsync(client, desk, substrate, evolution, timeline, before, started, cancellationToken);
        }
        finally
        {
            await client.PostAsync<JsonElement>($"api/deployments/{substrate.Name}/stop", null, CancellationToken.None);
        }
    }

    /// <summary>A Moss that runs already may have seen the demo before, and its folder one that is gone.</summary>
    private async Task<string> FreeNameAsync(MossClient client, CancellationToken cancellationToken)
    {
        var known = await client.GetAsync<IReadOnlyList<SubstrateView>>("api/substrates", cancellationToken);
        return Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? DemoSubstrate.Sample : string.Create(CultureInfo.InvariantCulture, $"{DemoSubstrate.Sample}-{number}"))
            .First(name => known.All(substrate => substrate.Name != name) && !Path.Exists(DemoSubstrate.FolderOf(options, name)));
    }

    private async Task<Guid> ReportAndStartAsync(MossClient client, DemoSubstrate substrate, CancellationToken cancellationToken)
    {
        narrator.Chapter("Failures are reported");
        var body = await File.ReadAllBytesAsync(substrate.Evidence, cancellationToken);
        var receipt = await FlagCommand.ReportAsync(client, body, "demo", cancellationToken);
        var batch = await client.GetAsync<BatchView>($"api/batches/{receipt.Items[0].Batch}", cancellationToken);
        narrator.Complaints(batch);

        narrator.Chapter("Moss evolves the batch");
        var started = await client.PostAsync<StartedView>(
            "api/evolutions", new { batch = batch.Id, depth = options.Depth, by = Environment.UserName }, cancellationToken);
        return started.Evolution;
    }

    private async Task<IReadOnlyList<TimelineEntry>> FollowAsync(MossClient client, Guid evolution, CancellationToken cancellationToken)
    {
        var timeline = new List<TimelineEntry>();
        await foreach (var entry in client.FollowAsync(evolution, cancellationToken))
        {
            timeline.Add(entry);
            narrator.Tell(entry);
            if (entry.Name == "evolution.consent-requested.v1")
            {
                await AnswerAsync(client, evolution, cancellationToken);
            }
        }

        return timeline;
    }

    private async Task AnswerAsync(MossClient client, Guid evolution, CancellationToken cancellationToken)
    {
        var view = await client.GetAsync<EvolutionView>($"api/evolutions/{evolution}", cancellationToken);
        var question = await client.GetAsync<ConsentView>($"api/evolutions/{evolution}/consent", cancellationToken);
        narrator.Result(view, await client.TextAsync($"api/artifacts/{question.DiffArtifact}", cancellationToken));
        var granted = options.Yes || narrator.Ask(question);
        await Consent.AnswerAsync(client, question, granted, Environment.UserName, granted ? null : "declined at the prompt", cancellationToken);
    }

    private async Task<DemoReport> CloseAsync(
        MossClient client, DeskService desk, DemoSubstrate substrate, Guid evolution, IReadOnlyList<TimelineEntry> timeline, DeskHealth before,
        long started, CancellationToken cancellationToken)
    {
        var view = await client.GetAsync<EvolutionView>($"api/evolutions/{evolution}", cancellationToken);
        var after = await desk.HealthAsync(cancellationToken);
        var audit = await client.GetAsync<AuditView>("api/audit/verify", cancellationToken);
        var deployment = await client.GetAsync<JsonElement>($"api/deployments/{substrate.Name}", cancellationToken);
        var report = DemoReport.Of(view, timeline, clock.GetElapsedTime(started), audit.Ok, before, after, substrate.Repository, options);
        narrator.Close(report, audit, deployment);
        return report;
    }
}
