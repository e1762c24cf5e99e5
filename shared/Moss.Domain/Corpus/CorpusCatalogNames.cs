namespace Moss.Domain.Corpus;

/// <summary>The names under which events of a corpus are stored; they never change.</summary>
public static class CorpusCatalogNames
{
    /// <summary>Type by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["corpus.scenario-joined.v1"] = typeof(ScenarioJoined),
        ["corpus.live-version-observed.v1"] = typeof(LiveVersionObserved),
        ["corpus.scenario-quarantined.v1"] = typeof(ScenarioQuarantined),
        ["corpus.scenario-readmitted.v1"] = typeof(ScenarioReadmitted),
    };
}
