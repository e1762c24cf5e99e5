using System.Diagnostics;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Commands.Evo;
using Moss.Consents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests;

/// <summary>One evolution of a till, asked for and steered over HTTP as its users do.</summary>
internal sealed class Course(IRunningMoss bench, Till till)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string? answered;

    public Guid Id { get; private set; }

    /// <summary>With what ada signs; null where nothing has to be signed.</summary>
    public PrivateKey? Signer { get; init; }

    public Till Till => till;

    public string Root => $"api/evolutions/{Id}";

    /// <summary>Registers the substrate and, when asked to, starts its service.</summary>
    public async Task OpenAsync(bool deploy)
    {
        await bench.Client.PostAsync<SubstrateView>("api/substrates", new { repository = till.Repository.Path }, CancellationToken.None);
        if (deploy)
        {
            await bench.Client.PostAsync<JsonElement>($"api/deployments/{till.Name}/start", null, CancellationToken.None);
        }
    }

    /// <summary>Reports the failures and asks for an evolution of their batch.</summary>
    public async Task BeginAsync(IReadOnlyList<string>? reported = null, string complaint = "The total is wrong.")
    {
        var items = (reported ?? Till.Batch).Select(scenario => new
        {
            substrate = till.Name, scenario, source = "user", occurredAt = DateTimeOffset.UnixEpoch, complaint,
        });
        var receipt = await FlagCommand.ReportAsync(
            bench.Client, JsonSerializer.SerializeToUtf8Bytes(new { items }, MossClient.Json), $"{till.Name}-{Guid.NewGuid():n}", CancellationToken.None);
        var started = await bench.Client.PostAsync<StartedView>(
            "api/evolutions", new { batch = receipt.Items[0].Batch, depth = "light", by = "tester" }, CancellationToken.None);
        Id = started.Evolution;
    }

    /// <summary>Follows it to its end and consents when asked. Whatever it decided on its way follows from what is stored.</summary>
    public async Task<EvolutionView> RunAsync()
    {
        await ReachAsync(long.MaxValue);
        await DecisionsFollowFromWhatIsStoredAsync();
        return await ViewAsync();
    }

    /// <summary>Every decision so far, made anew from the stored events, is the same.</summary>
    public async Task DecisionsFollowFromWhatIsStoredAsync()
    {
        var derived = await bench.Client.GetAsync<RederivationView>($"api/audit/rederive/{Id}", CancellationToken.None);
        derived.Ok.ShouldBeTrue(JsonSerializer.Serialize(derived));
        derived.Unknown.ShouldBe(0);
        derived.Decisions.ShouldBePositive();
    }

    /// <summary>Follows it until the event of a version is stored, or to its end; consents when asked before that.</summary>
    public async Task ReachAsync(long version) => await FollowAsync(async entry =>
    {
        if (entry.Version < version)
        {
            await ConsentWhenAskedAsync(entry);
        }

        return entry.Version >= version;
    });

    /// <summary>
    /// The next event of a name after a version; null when it ended without one. Consents when asked, and follows anew when
    /// whoever told of it died.
    /// </summary>
    public async Task<TimelineEntry?> NextAsync(string name, long after)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System))
        {
            try
            {
                TimelineEntry? found = null;
                await FollowAsync(async entry =>
                {
                    await ConsentWhenAskedAsync(entry);
                    found = entry.Name == name && entry.Version > after ? entry : null;
                    return found is not null;
                });
                return found;
            }
            catch (Exception cut) when (since.Elapsed < Patience && cut is not ShouldAssertException)
            {
                // Nobody is there to ask, or whoever was has gone.
            }
        }
    }

    /// <summary>Follows it until an event of a name is stored.</summary>
    public Task ReachAsync(string name) => FollowAsync(entry => Task.FromResult(entry.Name == name));

    public Task ConsentAsync() => AnswerAsync(granted: true, null);

    /// <summary>Signs, as ada, what there is to sign, with this key.</summary>
    public async Task SignAsync(PrivateKey key)
    {
        var text = await TextToSignAsync();
        await bench.Client.PostAsync<JsonElement?>($"{Root}/consent/signatures", new { text, signature = key.Sign(text) }, CancellationToken.None);
    }

    public async Task<string> TextToSignAsync() =>
        (await bench.Client.GetAsync<ClaimView>($"{Root}/consent/claim?approver=ada", CancellationToken.None)).Text;

    /// <summary>Says yes, and signs nothing.</summary>
    public async Task AgreeAsync() => await Consent.AnswerAsync(
        bench.Client, await bench.Client.GetAsync<ConsentView>($"{Root}/consent", CancellationToken.None), granted: true, "a person", null, CancellationToken.None);

    public Task RefuseAsync(string reason) => AnswerAsync(granted: false, reason);

    public Task<EvolutionView> ViewAsync() => bench.Client.GetAsync<EvolutionView>(Root, CancellationToken.None);

    public Task StopAsync() => bench.Client.PostAsync<JsonElement?>($"{Root}/stop", new { by = "tester" }, CancellationToken.None);

    public Task RestartAsync() => bench.Client.PostAsync<JsonElement?>($"{Root}/restart", new { by = "tester" }, CancellationToken.None);

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync() =>
        bench.Client.GetAsync<IReadOnlyList<TimelineEntry>>($"{Root}/timeline", CancellationToken.None);

    public Task<JsonElement> DeploymentAsync() =>
        bench.Client.GetAsync<JsonElement>($"api/deployments/{till.Name}", CancellationToken.None);

    public Task<string> ArtifactAsync(string hash) => bench.Client.TextAsync($"api/artifacts/{hash}", CancellationToken.None);

    public Task<AuditView> AuditAsync() => bench.Client.GetAsync<AuditView>("api/audit/verify", CancellationToken.None);

    /// <summary>One process, which Moss knows and which is well, says this of itself.</summary>
    public async Task OneHealthyInstanceServesAsync(TillHealth health)
    {
        var deployment = await DeploymentAsync();
        deployment.GetProperty("phase").GetString().ShouldBe("serving");
        deployment.GetProperty("health").GetProperty("healthy").GetBoolean().ShouldBeTrue();
        till.Instances().Select(instance => instance.Pid).ShouldBe([deployment.GetProperty("pid").GetInt32()]);
        (await till.HealthAsync()).ShouldBe(health);
    }

    private async Task AnswerAsync(bool granted, string? reason)
    {
        var question = await bench.Client.GetAsync<ConsentView>($"{Root}/consent", CancellationToken.None);
        if (granted && Signer is { } key)
        {
            await SignAsync(key);
        }
        else
        {
            await Consent.AnswerAsync(bench.Client, question, granted, "a person", reason, CancellationToken.None);
        }

        answered = question.Commit;
    }

    /// <summary>An answer that was accepted is stored; until the saga has read it, it looks as if nobody had answered.</summary>
    private async Task ConsentWhenAskedAsync(TimelineEntry entry)
    {
        if (entry.Name == "evolution.consent-requested.v1"
            && await ViewAsync() is { Phase: "AwaitingConsent", Change: { } change } && change.Commit != answered)
        {
            await ConsentAsync();
        }
    }

    private async Task FollowAsync(Func<TimelineEntry, Task<bool>> isEnough)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var entry in bench.Client.FollowAsync(Id, limit.Token))
        {
            if (await isEnough(entry))
            {
                return;
            }
        }
    }
}
