using Moss.ModelProxy;
using Moss.Replays.Judging;
using Moss.Substrates;

namespace Moss.Trials.Judging;

/// <summary>Opens ways to judges.</summary>
internal interface IJudgeModels
{
    /// <summary>A judge, reached when it is first asked.</summary>
    /// <param name="job">For whom, for people who read logs.</param>
    /// <param name="judge">Which, as declared at the base commit.</param>
    /// <param name="dollars">What all its answers together may cost; asked for when it is reached.</param>
    IOpenJudge Open(string job, JudgeDeclaration judge, Func<decimal> dollars);
}

/// <summary>A judge with a purse of its own.</summary>
internal interface IOpenJudge : IJudgeModel, IAsyncDisposable
{
    /// <summary>What it paid, with every call settled; nothing when it was never asked.</summary>
    Task<ModelSpending> SettleAsync(CancellationToken cancellationToken);
}
