using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Commands.Evo;
using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.QuixBugs;

/// <summary>How the bench is run.</summary>
internal sealed record QuixOptions(string DataSet, IReadOnlyList<string> Programs, string Depth, string Data, TimeSpan AgentTimeout, int LeastFailures);

/// <summary>Takes each program through the whole loop, one after the other, and compares what was promoted with the truth.</summary>
internal sealed class QuixBugsRun(QuixOptions options, Action<QuixRow> progress, TimeProvider clock)
{
    public async Task<QuixReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var moss = await StandaloneProcess.StartAsync(Path.Combine(options.Data, "moss"), clock, cancellationToken);
        using var http = new HttpClient { BaseAddress = moss.Url, Timeout = Timeout.InfiniteTimeSpan };
        var client = new MossClient(http);

        var rows = new List<QuixRow>();
        foreach (var name in options.Programs)
        {
            rows.Add(await RunAsync(client, await QuixProgram.ReadAsync(options.DataSet, name, cancellationToken), cancellationToken));
            progress(rows[^1]);
        }

        return QuixReport.Of(rows, clock.GetElapsedTime(started));
    }

    private async Task<QuixRow> RunAsync(MossClient client, QuixProgram program, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        if (!program.CanBeSplit)
        {
            var cases = $"{program.Batch.Length}, {program.Corpus.Length} and {program.Truth.Length} cases";
            return new(program.Name, QuixReport.TooFewCases, null, 0, 0, 0, 0, $"the split gives {cases}; each part needs one");
        }

        var repository = Path.Combine(options.Data, "repositories", program.Name);
        await QuixRepository.CreateAsync(options.DataSet, program, repository, options, cancellationToken);
        await client.PostAsync<SubstrateView>("api/substrates", new { repository }, cancellationToken);
        var evolution = await StartAsync(client, program, cancellationToken);
        var view = await FollowAsync(client, evolution, cancellationToken);
        bool? right = view.Ending!.Promoted
            ? await Truth.HoldsAsync(repository, program, view.Change!.Commit, cancellationToken)
            : null;
        return new(
            program.Name, view.Ending.Verdict, right, view.Iteration, view.Ruling?.BaselineMean ?? 0, view.Ruling?.CandidateMean ?? 0,
            Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1), view.Ending.Reason);
    }

    private async Task<Guid> StartAsync(MossClient client, QuixProgram program, CancellationToken cancellationToken)
    {
        var items = program.Batch.Select((_, index) => new
        {
            substrate = program.Substrate, scenario = QuixRepository.IdOf("batch", index), source = "api", occurredAt = DateTimeOffset.UnixEpoch,
        });
        var body = JsonSerializer.SerializeToUtf8Bytes(items, MossClient.Json);
        var receipt = await FlagCommand.ReportAsync(client, body, program.Name, cancellationToken);
        var started = await client.PostAsync<StartedView>(
            "api/evolutions", new { batch = receipt.Items[0].Batch, depth = options.Depth, by = "bench" }, cancellationToken);
        return started.Evolution;
    }

    private static async Task<EvolutionView> FollowAsync(MossClient client, Guid evolution, CancellationToken cancellationToken)
    {
        await foreach (var entry in client.FollowAsync(evolution, cancellationToken))
        {
            if (entry.Name == "evolution.consent-requested.v1")
            {
                var question = await client.GetAsync<ConsentView>($"api/evolutions/{evolution}/consent", cancellationToken);
                await Consent.AnswerAsync(client, question, true, "bench", null, cancellationToken);
            }
        }

        return await client.GetAsync<EvolutionView>($"api/evolutions/{evolution}", cancellationToken);
    }
}
