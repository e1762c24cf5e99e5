using Moss.Processes;

namespace Moss.Containers.Sandboxing;

/// <summary>Which Moss a container belongs to, as its label says.</summary>
/// <param name="Container">The container in which that Moss runs; empty when it runs in none.</param>
/// <param name="Process">Its process, as numbered there.</param>
internal sealed record ContainerOwner(string Container, ProcessIdentity Process)
{
    public const string Label = "moss.owner";

    /// <summary>This process.</summary>
    /// <param name="container">Where it runs; null when in no container of the engine.</param>
    public static ContainerOwner Self(string? container) => new(container ?? "", ProcessTable.Self);

    /// <summary>The label's value; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Container}/{Process}";

    /// <summary>Null when it is not one.</summary>
    public static ContainerOwner? Parse(string label) =>
        label.Split('/', 2) is [var container, var process] && ProcessIdentity.Parse(process) is { } identity ? new(container, identity) : null;
}
