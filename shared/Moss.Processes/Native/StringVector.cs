using System.Runtime.InteropServices;

namespace Moss.Processes.Native;

/// <summary>A null-terminated array of UTF-8 strings outside the managed heap, as exec wants it.</summary>
internal sealed unsafe class StringVector : IDisposable
{
    private readonly int count;

    public StringVector(IReadOnlyCollection<string> values)
    {
        count = values.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)count + 1, (nuint)sizeof(byte*));
        var at = 0;
        foreach (var value in values)
        {
            Pointer[at++] = (byte*)Marshal.StringToCoTaskMemUTF8(value);
        }
    }

    public byte** Pointer { get; }

    public void Dispose()
    {
        for (var at = 0; at < count; at++)
        {
            Marshal.FreeCoTaskMem((nint)Pointer[at]);
        }

        NativeMemory.Free(Pointer);
    }
}
