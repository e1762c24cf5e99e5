using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine.Streams;

/// <summary>Reads an answer that is one JSON value in each line.</summary>
internal static class JsonLines
{
    /// <summary>No single value of the API is near this long: a build's output comes in pieces.</summary>
    internal const int LongestLine = 4 * 1024 * 1024;

    public static async IAsyncEnumerable<T> ReadAsync<T>(HttpResponseMessage response, string doing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken));
        try
        {
            while (true)
            {
                var result = await NextAsync(reader, doing, cancellationToken);
                var rest = result.Buffer;
                while (TryCut(ref rest, result.IsCompleted, out var line))
                {
                    if (!IsBlank(line))
                    {
                        yield return EngineJson.Read<T>(line);
                    }
                }

                if (result.IsCompleted)
                {
                    yield break;
                }

                if (rest.Length > LongestLine)
                {
                    throw EngineJson.Unreadable(null);
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static async Task<ReadResult> NextAsync(PipeReader reader, string doing, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (EngineLoss.Is(exception))
        {
            throw EngineLoss.Of(exception, doing);
        }
    }

    private static bool TryCut(ref ReadOnlySequence<byte> rest, bool last, out byte[] line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = last ? rest.ToArray() : [];
        if (last)
        {
            rest = rest.Slice(rest.End);
        }

        return line.Length > 0;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \r\t"u8).IsEmpty;
}
