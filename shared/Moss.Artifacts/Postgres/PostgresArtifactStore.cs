using System.Data;
using Npgsql;

namespace Moss.Artifacts.Postgres;

/// <summary>
/// Artifacts in the database, for services on several machines. A large one travels in parts: neither side ever holds a second
/// copy of the whole in a message.
/// </summary>
/// <param name="database">Where they are.</param>
public sealed class PostgresArtifactStore(ArtifactDatabase database) : IArtifactStore
{
    private const int PartBytes = 1024 * 1024;

    /// <inheritdoc/>
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = ContentHash.Of(content.Span);
        await database.DoAsync(connection => AddAsync(connection, Convert.FromHexString(hash), content, cancellationToken), cancellationToken);
        return hash;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        if (!ContentHash.IsOne(hash))
        {
            return null;
        }

        var content = await database.DoAsync(connection => ReadAsync(connection, Convert.FromHexString(hash), cancellationToken), cancellationToken);
        return content is null || ContentHash.Of(content) == hash
            ? content
            : throw new InvalidDataException($"artifact {hash} of the database no longer has the hash that it is named by: it was changed");
    }

    /// <summary>All parts or none. Who keeps the same at the same time waits for the first and finds it done.</summary>
    private static async Task<bool> AddAsync(NpgsqlConnection connection, byte[] hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var add = connection.Command(ArtifactSql.AddArtifact, hash, (long)content.Length))
        {
            if (await add.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                return false;
            }
        }

        for (int number = 0, from = 0; from < content.Length; number++, from += PartBytes)
        {
            var part = content.Slice(from, Math.Min(PartBytes, content.Length - from));
            await using var add = connection.Command(ArtifactSql.AddPart, hash, number, part);
            await add.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<byte[]?> ReadAsync(NpgsqlConnection connection, byte[] hash, CancellationToken cancellationToken)
    {
        await using var find = connection.Command(ArtifactSql.FindLength, hash);
        if (await find.ExecuteScalarAsync(cancellationToken) is not long length)
        {
            return null;
        }

        var buffer = new byte[length];
        using var content = new MemoryStream(buffer);
        await using var parts = connection.Command(ArtifactSql.FindParts, hash);
        await using var reader = await parts.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            await using var part = await reader.GetStreamAsync(0, cancellationToken);
            if (part.Length > content.Length - content.Position)
            {
                return []; // More than was kept: the hash tells the caller.
            }

            await part.CopyToAsync(content, cancellationToken);
        }

        return buffer;
    }
}
