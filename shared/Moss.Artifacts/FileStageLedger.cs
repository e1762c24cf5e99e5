using System.Text;
using System.Text.Json;

namespace Moss.Artifacts;

/// <summary>Answers as JSON files named by the hash of their key. Any number of processes may share the folder.</summary>
/// <param name="folder">Made at the first write.</param>
/// <param name="clock">Tells which leftovers of killed writers are old enough to go.</param>
/// <remarks>A disk that is full or cannot be written gives an <see cref="IOException"/> that names the file, and no file.</remarks>
public sealed class FileStageLedger(string folder, TimeProvider clock) : IStageLedger
{
    private readonly DurableFolder files = new(folder, clock);

    /// <inheritdoc/>
    public async Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var name = NameOf(key);
        return await files.ReadAsync(name, cancellationToken) is { } json ? Read<T>(name, json) : null;
    }

    /// <inheritdoc/>
    public async Task<T> KeepAsync<T>(string key, T answer, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = NameOf(key);
        if (!File.Exists(files.PathOf(name)))
        {
            await files.AddAsync(name, LedgerJson.Write(key, answer), cancellationToken);
        }

        return Read<T>(name, (await files.ReadAsync(name, cancellationToken))!);
    }

    private static string NameOf(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return ContentHash.Of(Encoding.UTF8.GetBytes(key)) + ".json";
    }

    private T Read<T>(string name, byte[] json)
        where T : class
    {
        try
        {
            return LedgerJson.Read<T>(json);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{files.PathOf(name)} does not hold a {typeof(T).Name}: {broken.Message}", broken);
        }
    }
}
