using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Trials;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Stages;

namespace Moss.Services.Tests.Bus;

/// <summary>What the bus between processes promises, on a real broker.</summary>
public sealed class RabbitMqBusTests(BrokerBench bench) : IClassFixture<BrokerBench>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_command_that_is_published_before_any_worker_was_ever_started_is_worked_on()
    {
        await using (var publisher = await bench.StartAsync())
        {
            await publisher.Bus.Publish(new JudgeTrials(Stage("Evaluate"), Subject, "results"));
        }

        var inbox = new Inbox();
        await using var worker = await bench.StartAsync(bus => bus.AddConsumer<Judge>(), inbox);

        await inbox.ArriveAsync();
        inbox.All.ShouldHaveSingleItem().ShouldBeOfType<JudgeTrials>().ResultsArtifact.ShouldBe("results");
    }

    [Fact]
    public async Task A_command_that_no_worker_can_finish_is_kept_and_its_evolution_hears_of_it()
    {
        var stage = Stage("Build");
        var inbox = new Inbox();
        await using var orchestrator = await bench.StartAsync(bus => bus.AddConsumer<Ear>(), inbox);
        await using var worker = await bench.StartAsync(bus => bus.AddConsumer<Poisoned>());

        await orchestrator.Bus.Publish(new BuildCandidate(stage, Subject, "commit"));

        await inbox.ArriveAsync();
        var broke = inbox.All.ShouldHaveSingleItem().ShouldBeOfType<StageBroke>();
        (broke.Stage, broke.Transient).ShouldBe((stage, false));
        broke.Reason.ShouldContain(Queues.Dead);
    }

    [Fact]
    public async Task What_the_broker_confirmed_outlives_its_kill_and_all_go_on_when_it_is_back()
    {
        var inbox = new Inbox();
        await using var orchestrator = await bench.StartAsync();
        for (var number = 0; number < 20; number++)
        {
            await orchestrator.Bus.Publish(new RunTrials(Stage("Trial"), Subject, null, [], number));
        }

        await bench.Rabbit.KillAsync();
        await bench.Rabbit.RestartAsync();
        await using var runner = await bench.StartAsync(bus => bus.AddConsumer<Runner>(), inbox);

        await inbox.ArriveAsync(20);
        inbox.All.Cast<RunTrials>().Select(command => command.TrialsPerScenario).Distinct().Count().ShouldBe(20);

        await orchestrator.Bus.Publish(new RunTrials(Stage("Trial"), Subject, null, [], 100));
        await inbox.ArriveAsync();
    }

    [Fact]
    public async Task Work_that_outlasts_the_death_of_its_broker_is_answered_when_the_broker_is_back()
    {
        var (shift, inbox) = (new Shift(), new Inbox());
        await using var orchestrator = await bench.StartAsync(bus => bus.AddConsumer<Builds>(), inbox);
        await using var worker = await bench.StartAsync(bus => bus.AddConsumer<Slow>(), shift: shift);
        await orchestrator.Bus.Publish(new BuildCandidate(Stage("Build"), Subject, "commit"));
        await shift.Begun.Task.WaitAsync(Patience);

        await bench.Rabbit.KillAsync();
        await bench.Rabbit.RestartAsync();
        shift.End.SetResult();

        await inbox.ArriveAsync();
        shift.Times.ShouldBe(1);
    }

    [Fact]
    public async Task Every_process_hears_that_work_is_to_be_cancelled()
    {
        var (one, other) = (new Inbox(), new Inbox());
        await using var planning = await bench.StartAsync(bus => bus.AddConsumer<Canceller>().Endpoint(Own), one);
        await using var trials = await bench.StartAsync(bus => bus.AddConsumer<Canceller>().Endpoint(Own), other);

        await planning.Bus.Publish(new CancelWork(Guid.NewGuid(), "stopped"));

        await one.ArriveAsync();
        await other.ArriveAsync();

        static void Own(IEndpointRegistrationConfigurator endpoint)
        {
            endpoint.Temporary = true;
            endpoint.Name = $"test-{Guid.NewGuid():n}";
        }
    }

    private static Subject Subject { get; } = new("till", Guid.Empty, "base", []);

    private static StageReference Stage(string name) => new(Guid.NewGuid(), 1, name, 1);

    internal sealed class Judge(Inbox inbox) : IConsumer<JudgeTrials>
    {
        public Task Consume(ConsumeContext<JudgeTrials> context)
        {
            inbox.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class Runner(Inbox inbox) : IConsumer<RunTrials>
    {
        public Task Consume(ConsumeContext<RunTrials> context)
        {
            inbox.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class Ear(Inbox inbox) : IConsumer<StageBroke>
    {
        public Task Consume(ConsumeContext<StageBroke> context)
        {
            inbox.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class Builds(Inbox inbox) : IConsumer<CandidateBuilt>
    {
        public Task Consume(ConsumeContext<CandidateBuilt> context)
        {
            inbox.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class Slow(Shift shift, StageDesk desk) : IConsumer<BuildCandidate>
    {
        public Task Consume(ConsumeContext<BuildCandidate> context) => desk.AnswerAsync(context, context.Message.Stage, async _ =>
        {
            shift.Times++;
            shift.Begun.TrySetResult();
            await shift.End.Task;
            return new CandidateBuilt(context.Message.Stage, "tree", 1);
        });
    }

    internal sealed class Canceller(Inbox inbox) : IConsumer<CancelWork>
    {
        public Task Consume(ConsumeContext<CancelWork> context)
        {
            inbox.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    internal sealed class Poisoned : IConsumer<BuildCandidate>
    {
        public Task Consume(ConsumeContext<BuildCandidate> context) => throw new InvalidOperationException("it cannot even answer");
    }
}
