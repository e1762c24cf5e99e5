using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Moss.CodingAgents.Sessions;

/// <summary>What agents cost. Nothing is measured while nobody listens.</summary>
internal static class AgentMeter
{
    private static readonly Meter Meter = new("Moss.CodingAgents");

    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("moss.agent.cost", "USD", "Money paid to agents, by agent and role");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("moss.agent.tokens", "{token}", "Tokens used by agents, by direction");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("moss.agent.duration", "s", "Wall clock of a call of an agent");

    public static void Called(string agent, string role, AgentCost cost, TimeSpan duration)
    {
        var tags = new TagList { { "moss.agent", agent }, { "moss.role", role } };
        Cost.Add((double)cost.Dollars, tags);
        Duration.Record(duration.TotalSeconds, tags);
        Tokens.Add(cost.TokensIn, new TagList { { "moss.agent", agent }, { "moss.role", role }, { "moss.direction", "in" } });
        Tokens.Add(cost.TokensOut, new TagList { { "moss.agent", agent }, { "moss.role", role }, { "moss.direction", "out" } });
    }
}
