namespace Moss.Artifacts;

/// <summary>
/// What a unit of work answered, by its key: the reason why no paid call is made twice. Keys are stage keys as text, with a
/// suffix where a stage has parts (one trial of many).
/// </summary>
public interface IStageLedger
{
    /// <summary>The stored answer; null when the work was never finished.</summary>
    Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken) where T : class;

    /// <summary>Keeps the answer durably. The first answer of a key wins; the kept one is returned.</summary>
    Task<T> KeepAsync<T>(string key, T answer, CancellationToken cancellationToken) where T : class;
}
