namespace Moss.Domain.Promotion;

/// <summary>A version of a substrate that can be run.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Tree">Hash of its content: two versions with one tree are the same program.</param>
/// <param name="DeclaredAt">
/// The commit whose <c>moss.yaml</c> says how it runs. For a candidate this is the commit that it was based on, so that no
/// candidate declares its own probes.
/// </param>
public sealed record DeployedVersion(string Commit, string Tree, string DeclaredAt)
{
    /// <summary>Id of the image that was built from the commit; null when its files are run as they are.</summary>
    public string? Image { get; init; }
}

/// <summary>One run of one version. Its marker is in the environment of every process that belongs to it.</summary>
/// <param name="Marker">Unique for ever; chosen and recorded before anything is started.</param>
/// <param name="Version">What it runs.</param>
/// <param name="Port">Loopback port that it serves on; 0 for none.</param>
public sealed record Instance(string Marker, DeployedVersion Version, int Port)
{
    /// <summary>How long it may take to stop after TERM before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The container that it is, where it takes another one's place; null where Moss says itself how it runs.</summary>
    public ContainerRecipe? Recipe { get; init; }
}

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Pid">Process id; of a container the first process in it, as the machine under it numbers it.</param>
/// <param name="StartTicks">Clock ticks from the boot of the machine to its start; of a container the moment of its start.</param>
/// <param name="Boot">The kernel's name for that boot; empty for a container.</param>
public sealed record InstanceProcess(int Pid, long StartTicks, string Boot)
{
    /// <summary>Id of the container in which it runs; null when it runs in none.</summary>
    public string? Container { get; init; }
}
