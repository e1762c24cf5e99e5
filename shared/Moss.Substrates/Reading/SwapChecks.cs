using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Checks of <c>deploy.swap</c> that need more than one key.</summary>
internal static class SwapChecks
{
    public static void OnePlace(SwapTarget swap, YamlValue.Map map, FieldAt field)
    {
        if (swap.Container is null == swap.Compose is null)
        {
            field.Report(
                map.At,
                swap.Container is null ? "does not say which container it is" : "names a container and a service of Compose",
                "write one of container: redis and compose: shop/redis");
        }
    }

    public static void CommandOrSwap(DeployStep deploy, YamlValue.Map map, FieldAt field)
    {
        if (deploy.Swap is null && deploy.Command.IsEmpty)
        {
            field.Below("command").Report(map.At, "is missing", "add command: to deploy");
        }

        if (deploy.Swap is not null && (deploy.Container is not null || !deploy.Command.IsEmpty || !deploy.Environment.IsEmpty))
        {
            field.Below("swap").Report(
                CrossChecks.At(map, "swap"), "stands beside command, environment or container, and the container that runs says these itself", "remove those");
        }
    }

    public static void ProbesFit(DeployStep deploy, YamlValue.Map map, FieldAt field)
    {
        var probes = deploy.Probes.AddRange(deploy.Liveness).AddRange(deploy.Startup?.Probes ?? []);
        if (deploy.Swap is null && probes.Any(probe => probe is Probe.Engine))
        {
            field.Below("swap").Report(CrossChecks.At(map, "probes"), "is missing, and the engine probe asks for its container's own check", "use another kind of probe");
        }

        if (deploy.Swap is { State: null } && probes.Any(probe => probe is Probe.Heartbeat))
        {
            field.Below("swap").Below("state").Report(CrossChecks.At(map, "swap"), "is missing, and the heartbeat lies below it", "add state: with the folder inside the container");
        }
    }
}
