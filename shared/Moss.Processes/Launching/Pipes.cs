using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>The pipes between us and a program that is about to start.</summary>
internal sealed class Pipes
{
    private readonly List<int> ours = [];
    private readonly List<int> theirs = [];

    /// <summary>Our end and the program's of a pipe that we read.</summary>
    public (int Ours, int Theirs) ToRead()
    {
        var (read, write) = Descriptors.Pipe(weRead: true);
        return Remember(read, write);
    }

    /// <summary>Our end and the program's of a pipe that we write.</summary>
    public (int Ours, int Theirs) ToWrite()
    {
        var (read, write) = Descriptors.Pipe(weRead: false);
        return Remember(write, read);
    }

    /// <summary>The program has its copies, or never will.</summary>
    public void CloseTheirs() => Close(theirs);

    /// <summary>Nothing came of it.</summary>
    public void CloseAll()
    {
        Close(theirs);
        Close(ours);
    }

    private static void Close(List<int> descriptors)
    {
        descriptors.ForEach(descriptor => _ = Libc.Close(descriptor));
        descriptors.Clear();
    }

    private (int Ours, int Theirs) Remember(int our, int their)
    {
        ours.Add(our);
        theirs.Add(their);
        return (our, their);
    }
}
