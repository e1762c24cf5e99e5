using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Compose;

/// <summary>Docker and Docker Compose of this machine, whichever of the two Composes there is.</summary>
internal sealed class ComposeTool
{
    private const string InstallDocker = "sudo apt-get install docker.io docker-compose";

    private readonly (string Program, string[] First) compose;
    private readonly ComposeSettings settings;

    private ComposeTool((string, string[]) compose, ComposeSettings settings) => (this.compose, this.settings) = (compose, settings);

    /// <summary>Finds both, and a daemon that answers.</summary>
    /// <exception cref="LocalFailureException">One is missing; it says what to do.</exception>
    public static async Task<ComposeTool> FindAsync(ComposeSettings settings, CancellationToken cancellationToken)
    {
        var asked = await LocalProgram.RunAsync("docker", ["version", "--format", "{{.Server.Version}}"], cancellationToken);
        if (asked.Code is null)
        {
            throw new LocalFailureException("Docker is not there", "the command 'docker' is not installed", InstallDocker);
        }

        if (!asked.Succeeded)
        {
            throw new LocalFailureException(
                "The Docker daemon does not answer", asked.Tail(2), "start it (sudo systemctl start docker, or sudo dockerd), or say in DOCKER_HOST where it is");
        }

        return new(
            await WorksAsync("docker", "compose", "version", cancellationToken) ? ("docker", ["compose"])
            : await WorksAsync("docker-compose", "version", null, cancellationToken) ? ("docker-compose", [])
            : throw new LocalFailureException("Docker Compose is not there", "neither 'docker compose' nor 'docker-compose' works", InstallDocker),
            settings);
    }

    /// <summary>Runs Compose on the file of this repository.</summary>
    public Task<LocalResult> ComposeAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        LocalProgram.RunAsync(compose.Program, [.. compose.First, .. arguments], cancellationToken, MossHome.Folder, settings.Environment);

    /// <summary>Runs Docker.</summary>
    public Task<LocalResult> DockerAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        LocalProgram.RunAsync("docker", arguments, cancellationToken, MossHome.Folder, settings.Environment);

    /// <summary>The lines that Docker prints.</summary>
    /// <exception cref="LocalFailureException">It failed.</exception>
    public async Task<string[]> ListAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var listed = await DockerAsync(cancellationToken, arguments);
        return listed.Succeeded
            ? listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new LocalFailureException($"docker {arguments[0]} failed", listed.Tail(), "`docker info` says how the daemon is");
    }

    private static async Task<bool> WorksAsync(string program, string first, string? second, CancellationToken cancellationToken) =>
        (await LocalProgram.RunAsync(program, second is null ? [first] : [first, second], cancellationToken)).Succeeded;
}
