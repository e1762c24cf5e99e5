using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Moss.Artifacts.Postgres;

/// <summary>Answers of stages in the database, for services on several machines.</summary>
/// <param name="database">Where they are.</param>
public sealed class PostgresStageLedger(ArtifactDatabase database) : IStageLedger
{
    /// <inheritdoc/>
    public async Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var id = IdOf(key);
        return await database.DoAsync(connection => ReadAsync(connection, id, cancellationToken), cancellationToken) is { } json ? Read<T>(key, json) : null;
    }

    /// <inheritdoc/>
    public async Task<T> KeepAsync<T>(string key, T answer, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = IdOf(key);
        var json = Encoding.UTF8.GetString(LedgerJson.Write(key, answer));
        var kept = await database.DoAsync(
            async connection =>
            {
                await using (var add = connection.Command(ArtifactSql.AddAnswer, id, json))
                {
                    await add.ExecuteNonQueryAsync(cancellationToken);
                }

                return await ReadAsync(connection, id, cancellationToken);
            },
            cancellationToken);
        return Read<T>(key, kept!);
    }

    private static byte[] IdOf(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    private static async Task<string?> ReadAsync(NpgsqlConnection connection, byte[] id, CancellationToken cancellationToken)
    {
        await using var find = connection.Command(ArtifactSql.FindAnswer, id);
        return await find.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static T Read<T>(string key, string json)
        where T : class
    {
        try
        {
            return LedgerJson.Read<T>(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"the answer of {key} in the database is not a {typeof(T).Name}: {broken.Message}", broken);
        }
    }
}
