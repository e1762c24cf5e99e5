namespace Moss.Sandboxes.Processes;

/// <summary>What is the same for every run on this machine.</summary>
/// <param name="Program">Path of bwrap.</param>
/// <param name="Version">Decides which options it knows.</param>
/// <param name="Host">What of the operating system is shown.</param>
/// <param name="Etc">What of /etc is our own.</param>
internal sealed record BubblewrapSetup(string Program, Version Version, HostTree Host, PrivateEtc Etc)
{
    /// <summary>From this version on a folder in memory can be given a size.</summary>
    public bool KnowsSize => Version >= new Version(0, 7);

    /// <summary>From this version on the inside can be kept from making user namespaces, the way to most kernel bugs.</summary>
    public bool KnowsDisableUserNamespaces => Version >= new Version(0, 8);
}
