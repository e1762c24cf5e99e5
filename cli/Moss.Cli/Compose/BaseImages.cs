using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Compose;

/// <summary>Sees to it that every image is there which Moss's own are made of, or which is run as it is.</summary>
internal sealed class BaseImages(ComposeTool docker, ComposeSettings settings, Action<string> say)
{
    // As docker-compose.yml names them.
    private static readonly (string Variable, string Image)[] Official =
    [
        ("MOSS_SDK_IMAGE", "mcr.microsoft.com/dotnet/sdk:10.0"), ("MOSS_RUNTIME_IMAGE", "mcr.microsoft.com/dotnet/aspnet:10.0"),
        ("MOSS_RABBITMQ_IMAGE", "rabbitmq:4.1.0"), ("MOSS_POSTGRES_IMAGE", "postgres:17.5-bookworm"),
    ];

    /// <summary>Takes them from their registries; where one cannot be reached, stand-ins are made for all.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var (variable, official) in Official)
        {
            if (!await IsThereAsync(settings.Find(variable) ?? official, cancellationToken))
            {
                await StandInAsync(settings.Find(variable) ?? official, cancellationToken);
                return;
            }
        }
    }

    private async Task<bool> IsThereAsync(string image, CancellationToken cancellationToken)
    {
        if ((await docker.DockerAsync(cancellationToken, "image", "inspect", image)).Succeeded)
        {
            return true;
        }

        // Never asked of a registry: nobody else has them.
        if (image.EndsWith(":local", StringComparison.Ordinal))
        {
            return false;
        }

        say($"pulling {image}");
        return (await docker.DockerAsync(cancellationToken, "pull", "--quiet", image)).Succeeded;
    }

    private async Task StandInAsync(string missing, CancellationToken cancellationToken)
    {
        say($"{missing} cannot be had: making stand-ins for all base images (some minutes, once)");
        var made = await LocalProgram.RunAsync(
            Path.Combine(MossHome.Folder, "scripts", "local-images"), [], cancellationToken, MossHome.Folder, settings.Environment);
        if (!made.Succeeded)
        {
            throw new LocalFailureException(
                "The base images cannot be had", made.Tail(), "reach the registries, or name images in MOSS_SDK_IMAGE, MOSS_RUNTIME_IMAGE, MOSS_RABBITMQ_IMAGE and MOSS_POSTGRES_IMAGE");
        }

        settings.Add(made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
    }
}
