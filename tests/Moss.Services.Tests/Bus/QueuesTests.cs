using MassTransit;
using Moss.Deployment;
using Moss.Implementation;
using Moss.Orchestrator.Machine;
using Moss.Planning;
using Moss.ServiceDefaults.Bus;
using Moss.Trials;

namespace Moss.Services.Tests.Bus;

/// <summary>The table of queues says of every message that somebody works on where it waits.</summary>
public sealed class QueuesTests
{
    [Fact]
    public void Every_handler_of_every_service_has_the_queue_of_its_command()
    {
        var handlers = new[] { typeof(PlanningService), typeof(ImplementationService), typeof(TrialsService), typeof(DeploymentService) }
            .SelectMany(service => service.Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConsumer)))
            .ToList();

        handlers.Count.ShouldBe(13);
        // That a trial was run is a notice: whoever waits for it hears it.
        handlers.Where(handler => Queues.OfConsumer(handler) is null).Select(handler => handler.Name).ShouldBe(["TrialRunHandler"]);
        handlers.Select(Queues.OfConsumer).OfType<MessageQueue>().Select(queue => queue.Name).ShouldBeUnique();
    }

    [Fact]
    public void Everything_that_an_evolution_hears_goes_into_its_queue_and_nothing_else() =>
        Queues.All.Single(queue => queue.Name == Queues.Evolutions).Messages.ShouldBe(
            new EvolutionStateMachine().Events
                .Select(heard => heard.GetType())
                .Where(type => type.IsGenericType)
                .Select(type => type.GenericTypeArguments[^1])
                .Distinct(),
            ignoreOrder: true);

    [Fact]
    public void No_message_waits_in_two_queues() => Queues.All.SelectMany(queue => queue.Messages).ShouldBeUnique();

    [Fact]
    public void A_process_takes_one_command_at_a_time_where_the_work_is_long()
    {
        var stages = Queues.All.Where(queue => queue.Name != Queues.Evolutions).ToList();

        stages.ShouldAllBe(queue => queue.Messages.Count == 1);
        // A stage of trials only waits for them, and how many trials a runner takes it says itself.
        stages.Where(queue => queue.Prefetch != 1).Select(queue => queue.Name).ShouldBe(["run-trials", "run-trial"]);
    }
}
