namespace Moss.Testing.Models.Scripts;

/// <summary>
/// A model that repairs the sample, samples/desk-agent, in every role. It tells the roles apart by the headings of their prompts, and needs an
/// agent that can run a command.
/// </summary>
public static class DeskModel
{
    private const string Files =
        """[{"path":"desk_agent/dispatcher.py"},{"path":"desk_agent/hooks.py"},{"path":"desk_agent/mediator.py"},{"path":"desk_agent/tools.py"}]""";

    private const string Repair = """
        sed -i 's/zip(calls, outputs)/zip(arrived, outputs)/' desk_agent/dispatcher.py &&
        sed -i '/^        change.apply(session)$/d; s/^        for observer in self._observers:$/        change.apply(session)\n&/' desk_agent/hooks.py &&
        sed -i 's/rows\[len(lines) :\]/rows[len(shown) :]/' desk_agent/mediator.py &&
        sed -i 's/waited > allowed/waited >= allowed/' desk_agent/tools.py
        """;

    private static readonly (string Heading, ModelScript Script)[] Roles =
    [
        ("# Find where the fault lies", Reports($$"""{"summary":"Four places mix things up.","failureClass":"structural","files":{{Files}}}""")),
        ("# Plan the change", Reports($$"""
            {"rootCause":"Results are paired with calls in another order than they arrived, changes are made before guards look at them, the rest of a table begins a row too late, and a ticket is due a minute late.","change":"Pair results with the calls that arrived, let guards look first, begin the rest where the rows that are shown end, and count the last minute.","files":["desk_agent/dispatcher.py","desk_agent/hooks.py","desk_agent/mediator.py","desk_agent/tools.py"]}
            """)),
        ("# Review a plan", Reports("""{"decision":"approve","reason":"It names the causes and nothing else."}""")),
        ("# Make the change", ModelScript.Of(
            new ModelTurn.Run(Repair), new ModelTurn.Report("""{"subject":"Pair results with their calls, and let guards look first","body":"A table's rest and a ticket's last minute are counted as well."}"""))),
        ("# Review a change", Reports("""{"decision":"approve","reason":"It is what was planned."}""")),
        ("# Propose a verdict", Reports("""{"proposal":"converged","reason":"Everything that failed passes."}""")),
    ];

    /// <summary>What it does with a request; it has one plain sentence for what is no role's.</summary>
    public static ModelScript ScriptOf(StubRequest request) =>
        Roles.FirstOrDefault(role => request.Body.Contains(role.Heading, StringComparison.Ordinal)).Script ?? ModelScript.Of(new ModelTurn.Say("Nobody is asked for this."));

    private static ModelScript Reports(string json) => ModelScript.Of(new ModelTurn.Report(json));
}
