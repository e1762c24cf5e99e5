using System.Buffers;
using System.Text;

namespace Moss.Containers.Engine.Streams;

/// <summary>Keeps the first bytes of each output stream and drops the rest.</summary>
/// <param name="limit">Bytes kept of each.</param>
/// <param name="heard">Called after every piece, kept or not.</param>
internal sealed class BoundedOutput(int limit, Action? heard = null) : IOutputSink
{
    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> output = new();
    private readonly ArrayBufferWriter<byte> error = new();
    private bool truncated;

    public void Write(bool isError, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            var kept = isError ? error : output;
            var room = Math.Min(limit - kept.WrittenCount, bytes.Length);
            truncated |= room < bytes.Length;
            kept.Write(bytes[..room]);
        }

        heard?.Invoke();
    }

    /// <summary>What has come so far.</summary>
    public ContainerOutput Read()
    {
        lock (gate)
        {
            return new(Encoding.UTF8.GetString(output.WrittenSpan), Encoding.UTF8.GetString(error.WrittenSpan), truncated);
        }
    }
}

/// <summary>What a container wrote.</summary>
/// <param name="Output">Standard output, cut at the limit.</param>
/// <param name="Error">Standard error, cut at the limit.</param>
/// <param name="Truncated">True when either was longer than the limit.</param>
public sealed record ContainerOutput(string Output, string Error, bool Truncated);
