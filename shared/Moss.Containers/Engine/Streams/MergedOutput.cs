namespace Moss.Containers.Engine.Streams;

/// <summary>Writes both output streams into one, as they come.</summary>
internal sealed class MergedOutput(Stream destination) : IOutputSink
{
    public void Write(bool isError, ReadOnlySpan<byte> bytes) => destination.Write(bytes);
}
