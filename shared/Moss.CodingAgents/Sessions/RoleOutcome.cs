using Moss.CodingAgents.Memories;
using Moss.Contracts;
using Moss.ModelProxy;

namespace Moss.CodingAgents.Sessions;

/// <summary>What came of asking an agent to play a role.</summary>
public abstract record RoleOutcome<TReport>
    where TReport : class
{
    private RoleOutcome() { }

    /// <summary>What all tries together used.</summary>
    public required AgentUse Use { get; init; }

    /// <summary>A report that fits its schema, and its JSON as given.</summary>
    public sealed record Reported(TReport Report, string Json) : RoleOutcome<TReport>
    {
        /// <summary>Its session, for the case that this is rejected; null where none is kept.</summary>
        public AgentMemory? Memory { get; init; }
    }

    /// <summary>It ran and gave nothing that can be used; the round failed.</summary>
    public sealed record Failed(string Reason) : RoleOutcome<TReport>;

    /// <summary>It could not run: says nothing about the task. The reason says what to install or set.</summary>
    public sealed record Unavailable(string Reason) : RoleOutcome<TReport>
    {
        /// <summary>How long its model wants to be left alone, when it says so.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}

/// <summary>What a role used.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Cost">What all tries cost together.</param>
/// <param name="Duration">Wall clock of all tries together.</param>
public sealed record AgentUse(string Agent, AgentCost Cost, TimeSpan Duration)
{
    /// <summary>True when it was kept from asking its model, because that could have cost more than there is.</summary>
    public bool Exhausted { get; init; }

    /// <summary>Names of the models that were asked, as the proxy saw them; empty for none.</summary>
    public string Model { get; init; } = "";

    /// <summary>Version of what it was asked; null when it was not asked.</summary>
    public string? Prompt { get; init; }

    /// <summary>With what was used before by an agent that could not go on; the name stays that of this one.</summary>
    public AgentUse After(AgentUse? before) => before is null ? this : this with
    {
        Cost = before.Cost.Plus(Cost), Duration = before.Duration + Duration, Exhausted = before.Exhausted || Exhausted,
        Model = ModelNames.Both(before.Model, Model), Prompt = Prompt ?? before.Prompt,
    };

    /// <summary>The same as it goes over the wire.</summary>
    public Spending Spending => new(Agent, Cost.Dollars, Cost.TokensIn, Cost.TokensOut, Duration.TotalSeconds, Exhausted, Cost.Estimated, Model, Prompt);
}
