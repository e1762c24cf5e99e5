using System.Collections.Concurrent;
using System.Text.Json;
using Moss.Artifacts;

namespace Moss.Testing.Artifacts;

/// <summary>Answers in memory, as the JSON that a file would hold.</summary>
public sealed class InMemoryStageLedger : IStageLedger
{
    private readonly ConcurrentDictionary<string, byte[]> answers = new(StringComparer.Ordinal);

    /// <summary>Keys of everything that was answered, sorted.</summary>
    public IReadOnlyList<string> Keys => [.. answers.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return Task.FromResult(answers.TryGetValue(key, out var json) ? Read<T>(json) : null);
    }

    /// <inheritdoc/>
    public Task<T> KeepAsync<T>(string key, T answer, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read<T>(answers.GetOrAdd(key, LedgerJson.Write(key, answer))));
    }

    /// <summary>Loses an answer, as a process does that is killed before it kept it; false when there is none.</summary>
    public bool Forget(string key) => answers.TryRemove(key, out _);

    private static T Read<T>(byte[] json)
        where T : class
    {
        try
        {
            return LedgerJson.Read<T>(json);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"no {typeof(T).Name}: {broken.Message}", broken);
        }
    }
}
