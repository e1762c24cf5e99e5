namespace Moss.Domain.Oversight;

/// <summary>The names under which events of oversight are stored; they never change.</summary>
public static class OversightCatalogNames
{
    /// <summary>Type by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["oversight.signing-decided.v1"] = typeof(SigningDecided),
        ["oversight.stable-merge-made.v1"] = typeof(StableMergeMade),
        ["oversight.stable-merged.v1"] = typeof(StableMerged),
        ["oversight.signing-abandoned.v1"] = typeof(SigningAbandoned),
        ["oversight.refusal-decided.v1"] = typeof(RefusalDecided),
        ["oversight.production-reverted.v1"] = typeof(ProductionReverted),
        ["oversight.production-not-reverted.v1"] = typeof(ProductionNotReverted),
        ["oversight.evolved-moved-back.v1"] = typeof(EvolvedMovedBack),
        ["oversight.evolved-not-moved-back.v1"] = typeof(EvolvedNotMovedBack),
        ["oversight.refusal-taken-up.v1"] = typeof(RefusalTakenUp),
    };
}
