using System.Collections.Immutable;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>
/// Programs that keep containers running themselves: stop one of theirs and they start another, beside whoever took its place. Told by
/// the labels that they document. Pure.
/// </summary>
internal static class SwapSupervisors
{
    private static readonly ImmutableArray<(string Label, string Name)> Known =
    [
        ("com.docker.swarm.task.id", "Docker Swarm"),
        ("io.kubernetes.pod.uid", "Kubernetes"),
        ("com.hashicorp.nomad.alloc_id", "Nomad"),
        ("com.amazonaws.ecs.task-arn", "Amazon ECS"),
    ];

    /// <summary>Who keeps it running, and the label that says so; null for nobody that is known.</summary>
    public static (string Label, string Name)? Of(SwapContainer container) =>
        Known.Select(known => ((string, string)?)known).FirstOrDefault(known => container.Labels.ContainsKey(known!.Value.Item1));
}
