using System.Collections.Immutable;
using System.Globalization;
using Moss.Replays.Coverage;
using Moss.Replays.Reading;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>The sandbox of one trial, as data; the files it needs are written into the scratch folder.</summary>
internal static class TrialSpec
{
    public static SandboxSpec Of(ReplayRequest request, Scratch scratch, LineCollection? coverage)
    {
        var trial = request.Trial;
        var wallClock = request.Timeout is { } shorter && shorter < trial.Timeout ? shorter : trial.Timeout;
        return new(trial.Command)
        {
            Mounts =
            [
                .. request.Source is ReplaySource.Tree { Path: var tree } ? Shown(tree, request, scratch) : [],
                new SandboxMount.ReadOnly(scratch.File("scenario.json", ScenarioWriter.WriteTask(request.Scenario)), TrialPaths.Scenario),
                new SandboxMount.Writable(scratch.Folder("out"), TrialPaths.Out),
                .. coverage?.Mounts ?? [],
                .. request.Model is { } model ? [new SandboxMount.Writable(model.SocketPath, TrialPaths.Model)] : (SandboxMount[])[],
            ],
            WorkingDirectory = request.Source is ReplaySource.Tree ? TrialPaths.InSource(trial.WorkingDirectory) : trial.WorkingDirectory,
            Image = (request.Source as ReplaySource.Image)?.Id,
            Purpose = request.Purpose,
            Environment = Environment(request, coverage),
            Limits = new()
            {
                WallClock = wallClock,
                // The wall clock is the limit that is reported; this one only ends what the wall clock could not.
                Cpu = (wallClock * 2) + TimeSpan.FromSeconds(1),
                MemoryBytes = trial.MemoryBytes,
                Processes = trial.Processes,
            },
        };
    }

    private static IEnumerable<SandboxMount> Shown(string tree, ReplayRequest request, Scratch scratch) =>
        Overlay.Mounts(tree, request.Overlay, scratch).Concat(Overlay.Hide(tree, request.Hidden));

    private static ImmutableSortedDictionary<string, string> Environment(ReplayRequest request, LineCollection? coverage)
    {
        var environment = request.Trial.Environment.ToBuilder();
        environment.TryAdd("PYTHONDONTWRITEBYTECODE", "1");
        environment.TryAdd("PYTHONHASHSEED", ((uint)request.Scenario.Seed).ToString(CultureInfo.InvariantCulture));
        environment["MOSS_SCENARIO"] = TrialPaths.Scenario;
        environment["MOSS_OUT"] = TrialPaths.Out;
        environment["MOSS_SEED"] = request.Scenario.Seed.ToString(CultureInfo.InvariantCulture);
        if (request.Scenario.Clock is { } clock)
        {
            environment["MOSS_CLOCK"] = clock;
        }

        foreach (var (name, value) in request.Model?.Environment ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            environment[name] = value;
        }

        coverage?.AddTo(environment);
        return environment.ToImmutable();
    }
}
