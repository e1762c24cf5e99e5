using System.Text;
using MassTransit;
using MassTransit.SagaStateMachine;
using Moss.Domain.Evolution;
using Moss.Orchestrator.Machine;
using Moss.Testing;

namespace Moss.Services.Tests.Orchestrator;

public sealed class ClosedTableTests
{
    private readonly EvolutionStateMachine machine = new();

    [Fact]
    public void Every_state_has_decided_on_every_message()
    {
        var silent = Living().SelectMany(state => Messages().Except(machine.NextEvents(state)).Select(message => $"{state.Name} x {message.Name}"));

        silent.ShouldBeEmpty();
    }

    [Fact]
    public void Before_the_beginning_there_is_only_the_start() =>
        machine.NextEvents(machine.Initial).Intersect(Messages()).ShouldHaveSingleItem().ShouldBe(machine.StartRequested);

    [Fact]
    public void Every_phase_is_a_state_and_every_state_a_phase() =>
        machine.States.Select(state => state.Name).Where(name => name != machine.Final.Name).Order()
            .ShouldBe(Enum.GetNames<Phase>().Order());

    [Fact]
    public void The_table_is_the_one_that_was_approved()
    {
        var graph = machine.GetGraph();
        var text = new StringBuilder("What moves an evolution out of each state; whatever else comes it ignores. Not drawn: a restart, which takes Stopped and Failed\nback to the stage that ran, and a stage that is asked for again in its own state.\n\n");
        foreach (var state in machine.States)
        {
            var acts = graph.Edges.Where(edge => edge.From.Title == state.Name).Select(edge => edge.To.Title).Where(IsMessage).Distinct().Order();
            text.Append(state.Name).Append(": ").AppendJoin(", ", acts).Append('\n');
        }

        text.Append("\nWhere each message can lead to, from any state that it moves.\n\n");
        foreach (var message in Messages().OrderBy(message => message.Name, StringComparer.Ordinal))
        {
            var leads = graph.Edges.Where(edge => edge.From.Title == message.Name).Select(edge => edge.To.Title).Distinct().Order();
            text.Append(message.Name).Append(": ").AppendJoin(", ", leads).Append('\n');
        }

        Approval.Verify(text.ToString(), "state-machine");
    }

    private IEnumerable<State> Living() => machine.States.Where(state => state != machine.Initial && state != machine.Final);

    // Besides messages the machine has events of its own, such as entering a state.
    private IEnumerable<Event> Messages() => machine.Events.Where(@event => IsMessage(@event.Name));

    private static bool IsMessage(string name) => typeof(EvolutionStateMachine).GetProperty(name)?.PropertyType.IsAssignableTo(typeof(Event)) == true;
}
