using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Commands.Evo;
using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.Gate;

/// <summary>How an evolution of a bench ended.</summary>
/// <param name="Verdict">What was ruled last.</param>
/// <param name="Offered">Whether a candidate was offered for consent.</param>
/// <param name="Iterations">Iterations that were begun.</param>
/// <param name="Trials">Trials that were run, of both versions.</param>
internal sealed record GateOutcome(string Verdict, bool Offered, int Iterations, int Trials);

/// <summary>One Moss with many substrates; each is evolved once through the whole loop, with sandboxed agents and trials.</summary>
internal sealed class GateBench : IAsyncDisposable
{
    private readonly StandaloneProcess moss;
    private readonly HttpClient http;
    private readonly string data;

    private GateBench(StandaloneProcess moss, string data)
    {
        (this.moss, this.data) = (moss, data);
        http = new HttpClient { BaseAddress = moss.Url, Timeout = Timeout.InfiniteTimeSpan };
        Client = new MossClient(http);
    }

    public MossClient Client { get; }

    public static async Task<GateBench> StartAsync(string data, TimeProvider clock, CancellationToken cancellationToken) =>
        new(await StandaloneProcess.StartAsync(Path.Combine(data, "moss"), clock, cancellationToken), data);

    /// <summary>Takes a substrate through one evolution; what is offered is counted and refused.</summary>
    public async Task<GateOutcome> EvolveAsync(GateSubject subject, string depth, CancellationToken cancellationToken)
    {
        var repository = Path.Combine(data, "repositories", subject.Name);
        await subject.CreateAsync(repository, cancellationToken);
        await Client.PostAsync<SubstrateView>("api/substrates", new { repository }, cancellationToken);
        var items = subject.Batch.Select(scenario => new
        {
            substrate = subject.Name, scenario, source = "api", occurredAt = DateTimeOffset.UnixEpoch,
        });
        var receipt = await FlagCommand.ReportAsync(Client, JsonSerializer.SerializeToUtf8Bytes(items, MossClient.Json), subject.Name, cancellationToken);
        var started = await Client.PostAsync<StartedView>(
            "api/evolutions", new { batch = receipt.Items[0].Batch, depth, by = "bench" }, cancellationToken);
        // The repository stays: Moss writes its records of the evolution there for a moment after it has ended.
        return await FollowAsync(started.Evolution, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await moss.DisposeAsync();
    }

    private async Task<GateOutcome> FollowAsync(Guid evolution, CancellationToken cancellationToken)
    {
        var (offered, trials) = (false, 0);
        await foreach (var entry in Client.FollowAsync(evolution, cancellationToken))
        {
            if (entry.Name is "evolution.trials-completed.v1" or "evolution.baseline-measured.v1")
            {
                trials += entry.Data.GetProperty("trials").GetArrayLength();
            }
            else if (entry.Name == "evolution.consent-requested.v1")
            {
                offered = true;
                var question = await Client.GetAsync<ConsentView>($"api/evolutions/{evolution}/consent", cancellationToken);
                await Consent.AnswerAsync(Client, question, false, "bench", "a bench promotes nothing", cancellationToken);
            }
        }

        var view = await Client.GetAsync<EvolutionView>($"api/evolutions/{evolution}", cancellationToken);
        return new(view.Ending!.Verdict, offered, view.Iteration, trials);
    }
}
