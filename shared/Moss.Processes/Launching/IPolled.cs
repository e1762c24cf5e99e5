namespace Moss.Processes.Launching;

/// <summary>A descriptor that the launcher's thread waits on. Every member is called on that thread alone.</summary>
internal interface IPolled
{
    int Descriptor { get; }

    PollInterest Interest { get; }

    /// <summary>Does what can be done now; false when nothing will come any more, and the descriptor is to be closed.</summary>
    bool Progress();

    /// <summary>Closes the descriptor and tells whoever waits; called once.</summary>
    void Close();
}

internal enum PollInterest
{
    Readable = 1,
    Writable = 4,
}
