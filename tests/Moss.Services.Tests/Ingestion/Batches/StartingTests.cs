using Moss.Consents;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.EventStore;
using Moss.Services.Tests.Orchestrator;

namespace Moss.Services.Tests.Ingestion.Batches;

public sealed class StartingTests : DeskTest
{
    private InterruptedStore store = null!;

    [Fact]
    public async Task A_sealed_batch_is_evolved_from_the_stable_branch()
    {
        var batch = (await Bench.ReportAsync(Failures(7).Append(Failure("two")))).Batch();

        var started = await StartAsync(batch, "light");

        started.Status.ShouldBe(202);
        (started.Text("baseCommit"), started.Text("depth"), started.Text("substrate")).ShouldBe((Desk.Head, "Light", "desk"));
        started.Texts("scenarios").ShouldBe(["one", "two"]);
        var asked = await Bench.HappenedAsync<EvolutionRequested>();
        (asked.Evolution, asked.Batch, asked.RequestedBy).ShouldBe((started.Body.GetProperty("evolution").GetGuid(), batch, "ann"));
    }

    [Fact]
    public async Task Approvers_that_the_base_declares_are_asked_for_with_the_evolution()
    {
        var key = PrivateKey.Of(new byte[PrivateKey.SeedBytes]).Public.ToString();
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        Desk.Commit("Name an approver", ("moss.yaml", DeskRepository.Declaration + $"consent: {{ approvers: [{{ name: ada, key: \"{key}\" }}], validity: 2h }}\n"));

        (await StartAsync(batch)).Status.ShouldBe(202);

        var terms = (await Bench.HappenedAsync<EvolutionRequested>()).Consent.ShouldNotBeNull();
        terms.Approvers.ShouldBe([new("ada", key)]);
        (terms.Quorum, terms.RequesterMayApprove, terms.Validity).ShouldBe((1, true, TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task Approvers_that_the_stable_branch_names_are_asked_for_though_what_was_promoted_before_knows_none()
    {
        var key = PrivateKey.Of(new byte[PrivateKey.SeedBytes]).Public.ToString();
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        Desk.Git("branch", "moss/evolved");
        Desk.Commit("Name an approver", ("moss.yaml", DeskRepository.Declaration + $"consent: {{ approvers: [{{ name: ada, key: \"{key}\" }}] }}\n"));

        await StartAsync(batch);

        (await Bench.HappenedAsync<EvolutionRequested>()).Consent!.Approvers.ShouldBe([new("ada", key)]);
    }

    [Fact]
    public async Task Where_nobody_is_declared_nothing_has_to_be_signed()
    {
        await StartAsync((await Bench.ReportAsync(Failure())).Batch());

        (await Bench.HappenedAsync<EvolutionRequested>()).Consent.ShouldBeNull();
    }

    [Fact]
    public async Task An_open_batch_is_sealed_by_its_start()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();

        (await StartAsync(batch)).Status.ShouldBe(202);

        (await Bench.GetAsync($"/api/batches/{batch}")).Body.GetProperty("sealed").GetBoolean().ShouldBeTrue();
        (await Bench.ReportAsync(Failure())).Batch().ShouldNotBe(batch);
    }

    [Fact]
    public async Task A_second_start_is_a_conflict_that_names_the_first()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        var first = (await StartAsync(batch)).Text("evolution");

        (await StartAsync(batch)).Refuses(409, "batch", $"is being evolved by evolution {first}", "stop");

        (await RequestsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Of_eight_starts_at_once_one_wins()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync(batch)));

        answers.Select(answer => answer.Status).Order().ShouldBe([202, 409, 409, 409, 409, 409, 409, 409]);
        (await RequestsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_start_that_loses_the_race_is_a_conflict()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        store.InterruptNextAppend(() => StartAsync(batch));

        (await StartAsync(batch)).Refuses(409, "batch", "is being evolved");

        (store.Conflicts, await RequestsAsync()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_batch_can_be_evolved_again_once_its_evolution_is_over()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        var first = (await StartAsync(batch)).Body.GetProperty("evolution").GetGuid();
        var ended = new EvolutionEnded(Verdict.NotReproduced, "so", false, false);
        await Bench.Store.AppendAsync(
            new StreamId($"evolution-{first:n}"), ExpectedVersion.NoStream,
            [new NewEvent(Guid.NewGuid(), ended, new EventMetadata(first.ToString(), "", "test", Bench.Clock.GetUtcNow()))], CancellationToken.None);

        var second = await StartAsync(batch);

        second.Status.ShouldBe(202);
        (await Bench.GetAsync($"/api/batches/{batch}")).Rows("evolutions").Select(id => id.GetGuid())
            .ShouldBe([first, second.Body.GetProperty("evolution").GetGuid()]);
    }

    [Fact]
    public async Task An_unknown_batch_is_missing()
    {
        var id = Guid.NewGuid();

        (await StartAsync(id)).Refuses(404, "batch", $"there is no batch {id}");
    }

    [Fact]
    public async Task A_start_without_a_batch_or_with_nonsense_is_refused()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();

        (await Bench.PostAsync("/api/evolutions", new { depth = "light" })).Refuses(400, "batch", "no batch is named", "GET /api/batches");
        (await Bench.PostAsync("/api/evolutions", new { batch = "x" })).Status.ShouldBe(400);
        (await StartAsync(batch, "bottomless")).Refuses(400, "depth", "'bottomless' is no depth", "light");
        (await StartAsync(batch, by: new string('x', 201))).Refuses(400, "by", "201 characters");
        (await RequestsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_whose_scenario_is_gone_is_not_started()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        Desk.Git("rm", "--quiet", "scenarios/one.json");
        var commit = Desk.Commit("Remove");

        (await StartAsync(batch)).Refuses(409, "batch", $"commit {commit} has no scenario one", "commit the scenarios on main again");

        (await RequestsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_is_not_started_while_its_repository_is_broken()
    {
        var batch = (await Bench.ReportAsync(Failure())).Batch();
        Desk.Commit("Break", ("moss.yaml", "name: 7\n"));

        (await StartAsync(batch)).Refuses(400, "moss.yaml:1: trial", "is missing");

        (await RequestsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_evolution_starts_at_what_was_promoted_last()
    {
        Desk.Branch("moss/evolved");
        var evolved = Desk.Commit("Evolve", ("src/app.py", "print('better')\n"));
        Desk.Git("checkout", "--quiet", "main");
        var batch = (await Bench.ReportAsync(Failure())).Batch();

        (await StartAsync(batch)).Text("baseCommit").ShouldBe(evolved);
    }

    private protected override IEventStore Around(IEventStore real) => store = new InterruptedStore(real);

    private Task<Answer> StartAsync(Guid batch, string? depth = null, string by = "ann") => Bench.PostAsync("/api/evolutions", new { batch, depth, by });

    private async Task<int> RequestsAsync() => (await Bench.HistoryAsync()).Count(stored => stored.Data is EvolutionRequested);
}
