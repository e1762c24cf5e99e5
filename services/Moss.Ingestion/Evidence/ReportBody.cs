using System.Buffers;

namespace Moss.Ingestion.Evidence;

/// <summary>Reads the body of a request without ever holding more of it than is allowed.</summary>
internal static class ReportBody
{
    private const int Step = 64 * 1024;

    /// <summary>
    /// The whole body; null when it is longer than allowed. Such a body is read to its end and thrown away, so that its sender gets to
    /// hear the answer instead of a broken connection.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="announced">Its length as announced by the sender, bytes; null when it was not.</param>
    /// <param name="limit">Allowed, bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, long? announced, int limit, CancellationToken cancellationToken)
    {
        var fits = announced is null || announced <= limit;
        using var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(0, Step), cancellationToken)) > 0)
            {
                fits = fits && kept.Length + read <= limit;
                if (fits)
                {
                    await kept.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return fits ? new ReadOnlyMemory<byte>(kept.GetBuffer(), 0, (int)kept.Length) : (ReadOnlyMemory<byte>?)null;
    }
}
