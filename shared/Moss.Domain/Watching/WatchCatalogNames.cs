namespace Moss.Domain.Watching;

/// <summary>The names under which events of watches and of rollbacks in production are stored; they never change.</summary>
public static class WatchCatalogNames
{
    /// <summary>Type by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["deployment.watch-started.v1"] = typeof(WatchStarted),
        ["deployment.watch-read.v1"] = typeof(WatchRead),
        ["deployment.recurrence-seen.v1"] = typeof(RecurrenceSeen),
        ["deployment.watch-extended.v1"] = typeof(WatchExtended),
        ["deployment.watch-ended.v1"] = typeof(WatchEnded),
        ["deployment.production-rollback-decided.v1"] = typeof(ProductionRollbackDecided),
        ["deployment.branch-reverted.v1"] = typeof(BranchReverted),
        ["deployment.branch-not-reverted.v1"] = typeof(BranchNotReverted),
        ["deployment.production-rolled-back.v1"] = typeof(ProductionRolledBack),
    };
}
