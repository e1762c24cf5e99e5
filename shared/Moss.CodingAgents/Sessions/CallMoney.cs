using Moss.ModelProxy;

namespace Moss.CodingAgents.Sessions;

/// <summary>What the calls of an agent cost: what the proxy metered; without one what its program says, and where that is silent, by the price list.</summary>
internal sealed class CallMoney(IModelLease? lease, IModelProxy? models)
{
    private ModelSpending metered = ModelSpending.Nothing;

    /// <summary>True once a call was refused because it could have cost more than there is.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Names of the models that were asked; empty for none.</summary>
    public string Model { get; private set; } = "";

    /// <summary>Why the model gave no answer; null when it did, or nobody saw.</summary>
    public ModelOutage? Outage => lease?.Outage;

    /// <summary>The report with what it cost.</summary>
    public async Task<AgentReport> CountAsync(AgentReport report, AgentCapabilities agent, CancellationToken cancellationToken)
    {
        if (lease is null)
        {
            return agent.Login is null ? report : Told(report, agent.ModelName!);
        }

        await lease.SettleAsync(cancellationToken);
        var (before, now) = (metered, lease.Spending);
        (metered, Model) = (now, now.Model);
        var cost = new AgentCost(now.Dollars - before.Dollars, now.TokensIn - before.TokensIn, now.TokensOut - before.TokensOut, now.Estimated);
        if (now.Refused == before.Refused)
        {
            return report with { Cost = cost };
        }

        IsExhausted = true;
        return (report is AgentReport.Unusable unusable
            ? new AgentReport.Unusable($"the money of this evolution is used up, and {unusable.Reason}")
            : report) with { Cost = cost };
    }

    private AgentReport Told(AgentReport report, string model)
    {
        Model = report.Cost.TokensIn > 0 ? model : Model;
        return report.Cost is { Dollars: 0, TokensIn: > 0 } silent && models is not null
            ? report with { Cost = silent with { Dollars = models.Estimate(model, silent.TokensIn, silent.TokensOut), Estimated = true } }
            : report;
    }
}
