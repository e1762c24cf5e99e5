using Moss.Sandboxes.Ceilings;

namespace Moss.Sandboxes.Processes;

/// <summary>Whether sandboxes can be made on this machine.</summary>
internal abstract record BubblewrapState(string Message)
{
    public sealed record Ready(BubblewrapSetup Setup, ICeilings Ceilings)
        : BubblewrapState($"bubblewrap {Setup.Version} at {Setup.Program}; limits by {Ceilings.Description}.");

    public sealed record Missing() : BubblewrapState(
        "bubblewrap is not installed, and Moss runs nothing that it does not trust without it: apt-get install bubblewrap (Debian, Ubuntu), dnf install bubblewrap (Fedora).");

    public sealed record Outdated(string Found) : BubblewrapState($"bubblewrap 0.5 or newer is needed, found {Found}: upgrade it.");

    public sealed record NotPermitted(string Error) : BubblewrapState(
        $"bubblewrap is installed but may not make a sandbox ({Error}). As an ordinary user: sysctl -w kernel.unprivileged_userns_clone=1 (older Debian), "
        + "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04), sysctl -w user.max_user_namespaces=10000. "
        + "In a container: run it with --privileged, or with --security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN.");

    public sealed record Unbounded() : BubblewrapState(
        "Moss runs as root and may not make control groups, so nothing could limit the number of processes of a trial (the kernel exempts root). "
        + "Run Moss as an ordinary user, or mount the cgroup file system writable, or say --allow-unlimited-processes.");
}
