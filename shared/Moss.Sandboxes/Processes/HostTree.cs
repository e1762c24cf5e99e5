using System.Collections.Immutable;

namespace Moss.Sandboxes.Processes;

/// <summary>What of this machine's operating system the inside may see.</summary>
/// <param name="Folders">Shown read-only at their own place.</param>
/// <param name="Links">Links at the top, such as /bin to usr/bin.</param>
/// <param name="NetworkFiles">Files and folders of /etc for runs with the host's network: names and certificates.</param>
/// <param name="Hidden">Files of /proc that tell root about the kernel and about others, covered by an empty file.</param>
internal sealed record HostTree(
    ImmutableArray<string> Folders,
    ImmutableSortedDictionary<string, string> Links,
    ImmutableArray<string> NetworkFiles,
    ImmutableArray<string> Hidden)
{
    private static readonly ImmutableArray<string> Top = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    // Never /etc/ssl as a whole: its private folder holds keys.
    private static readonly ImmutableArray<string> Network =
    [
        "/etc/resolv.conf", "/etc/hosts", "/etc/services", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates",
        "/etc/pki/tls/certs", "/etc/pki/ca-trust",
    ];

    // Those that the kernel shows to root without asking for a capability.
    private static readonly ImmutableArray<string> Kernel =
        ["/proc/kpagecgroup", "/proc/kpagecount", "/proc/kpageflags", "/proc/slabinfo", "/proc/timer_list", "/proc/vmallocinfo"];

    /// <summary>Looks at this machine.</summary>
    public static HostTree Read()
    {
        var links = Top.Select(path => (Path: path, Target: new DirectoryInfo(path).LinkTarget)).ToList();
        return new HostTree(
            ["/usr", .. links.Where(link => link.Target is null && Directory.Exists(link.Path)).Select(link => link.Path)],
            links.Where(link => link.Target is not null).ToImmutableSortedDictionary(link => link.Path, link => link.Target!, StringComparer.Ordinal),
            [.. Network.Where(Path.Exists)],
            Environment.IsPrivilegedProcess ? [.. Kernel.Where(File.Exists)] : []);
    }
}
