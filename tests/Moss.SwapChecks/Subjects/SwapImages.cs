using System.Diagnostics;
using System.Text;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Images;

namespace Moss.SwapChecks.Subjects;

/// <summary>Images of the services, of real Debian packages of two releases.</summary>
internal sealed class SwapImages(EngineClient engine, string roots, string script)
{
    private readonly Dictionary<(string Service, string Release, string Behaviour), Task<string>> built = [];
    private readonly Dictionary<string, string> bases = new(StringComparer.Ordinal);

    /// <summary>Takes the releases' packages in; they are fetched where they are not there yet.</summary>
    public async Task PrepareAsync(IReadOnlyCollection<string> releases, CancellationToken cancellationToken)
    {
        using (var making = Process.Start(new ProcessStartInfo(script, [roots, .. releases]))!)
        {
            await making.WaitForExitAsync(cancellationToken);
            if (making.ExitCode != 0)
            {
                throw new ArgumentException("the packages could not be fetched");
            }
        }

        foreach (var release in releases)
        {
            await using var tar = File.OpenRead(Path.Combine(roots, release + ".tar"));
            bases[release] = await engine.Images.ImportAsync(tar, "moss-swap", release, cancellationToken);
        }
    }

    /// <summary>The image of a service that behaves so; its id. It is built once.</summary>
    public Task<string> BuildAsync(SwapService service, string release, string behaviour, CancellationToken cancellationToken)
    {
        lock (built)
        {
            var key = (service.Name, release, behaviour);
            return built.TryGetValue(key, out var image) ? image : built[key] = BuildAnewAsync(service, release, behaviour, cancellationToken);
        }
    }

    private async Task<string> BuildAnewAsync(SwapService service, string release, string behaviour, CancellationToken cancellationToken)
    {
        var run = $"#!/bin/sh\nPORT={service.Port}\nctl() {{ HOME=/var/lib/rabbitmq setpriv --reuid rabbitmq --regid rabbitmq --clear-groups /usr/lib/rabbitmq/bin/rabbitmqctl \"$@\"; }}\n"
            + $"start() {{\n{service.Run}\n}}\nmigrate() {{\n{service.Migrate}\n}}\nfill() {{\n{service.Fill}\n}}\ntell() {{\n{service.Tell}\n}}\n"
            + "case ${1:-} in fill|tell) $1; exit ;; serve) start ;; esac\n" + behaviour + "\n";
        var context = TarPacking.Files(
        [
            new("Dockerfile", Encoding.UTF8.GetBytes($"FROM moss-swap:{release}\nCOPY run.sh /run.sh\nENTRYPOINT [\"/bin/sh\", \"/run.sh\"]\nVOLUME {service.State}\n")),
            new("run.sh", Encoding.UTF8.GetBytes(run)),
        ]);
        var outcome = await engine.Images.BuildAsync(context, new ImageBuildRequest(), null, cancellationToken);
        return outcome is ImageBuild.Built { Image: var image } ? image : throw new InvalidOperationException(outcome.ToString());
    }
}
