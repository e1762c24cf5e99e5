using Moss.Containers.Recreation;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Finds the container that a declaration names, so that Moss looks after it from then on.</summary>
internal sealed class SwapAdoption(ISwapEngine engine)
{
    private const string Field = "deploy.swap";

    /// <summary>The instance that runs there. Nothing of it is changed.</summary>
    /// <exception cref="NotDeployableException">There is none, or it does not run.</exception>
    public async Task<Instance> FindAsync(string substrate, DeployedVersion version, DeployStep deploy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var container = await LookAsync(deploy.Swap!, cancellationToken);
        if (SwapSupervisors.Of(container) is var (label, supervisor))
        {
            throw new NotDeployableException(
                Field, $"container {container.Name} belongs to {supervisor} (label {label}), which would start another one beside the promoted version", "run it by hand or with Compose");
        }

        var inspected = await engine.InspectAsync(container.Id, cancellationToken);
        if (inspected is null || await engine.InspectImageAsync(container.Image, cancellationToken) is not { } image)
        {
            throw new NotDeployableException(Field, $"the image of container {container.Name} is not there any more", "pull it or build it: without it no rollback could start it again");
        }

        // It is what it is: made again, it would get the image that it has.
        var made = Recreation.Of(inspected, image, image);
        return LaunchPlanner.NewInstance(substrate, version with { Image = container.Image }, deploy, now) with
        {
            Recipe = new ContainerRecipe(made.Name, made.Body, made.Joins, made.RestartPolicy) { Adopted = container.Id },
        };
    }

    private async Task<SwapContainer> LookAsync(SwapTarget target, CancellationToken cancellationToken) => target switch
    {
        { Container: { } name } => await engine.FindAsync(name, cancellationToken) switch
        {
            { Runs: true } container => container,
            { } => throw new NotDeployableException(Field + ".container", $"container {name} does not run", $"start it: docker start {name}"),
            null => throw new NotDeployableException(Field + ".container", $"there is no container {name}", "start it as you always do; Moss takes its place when a change is promoted"),
        },
        { Compose: { } service } => await OfComposeAsync(service, cancellationToken),
        _ => throw new ArgumentException("names no container", nameof(target)),
    };

    private async Task<SwapContainer> OfComposeAsync(string service, CancellationToken cancellationToken)
    {
        const string Labels = "com.docker.compose.";
        var (project, name) = (service.Split('/')[0], service.Split('/')[1]);
        var running = (await engine.LabelledAsync([$"{Labels}project={project}", $"{Labels}service={name}"], cancellationToken))
            .Where(container => container.Runs && container.Label(Labels + "oneoff") != "True").ToList();
        return running switch
        {
            [var one] => one,
            [] => throw new NotDeployableException(Field + ".compose", $"service {name} of project {project} does not run", "start it: docker compose up"),
            _ => throw new NotDeployableException(
                Field + ".compose", $"service {name} of project {project} runs {running.Count} times, and a swap is of one container", "scale it to 1"),
        };
    }
}
