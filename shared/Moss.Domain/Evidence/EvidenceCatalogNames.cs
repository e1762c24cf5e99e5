namespace Moss.Domain.Evidence;

/// <summary>The names under which events of evidence are stored; they never change.</summary>
public static class EvidenceCatalogNames
{
    /// <summary>Type by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["substrate.registered.v1"] = typeof(SubstrateRegistered),
        ["substrate.evidence-set-aside.v1"] = typeof(EvidenceSetAside),
        ["batch.opened.v1"] = typeof(BatchOpened),
        ["batch.evidence-added.v1"] = typeof(EvidenceAdded),
        ["batch.reopened.v1"] = typeof(BatchReopened),
        ["batch.sealed.v1"] = typeof(BatchSealed),
    };
}
