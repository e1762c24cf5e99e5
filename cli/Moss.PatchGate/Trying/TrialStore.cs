using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moss.Domain.Judgement;
using Moss.PatchGate.Sets;

namespace Moss.PatchGate.Trying;

/// <summary>What was tried of a version.</summary>
/// <param name="Stage">Where it failed before any trial; null when it was tried.</param>
/// <param name="Problem">Why.</param>
/// <param name="Trials">In the order in which they were run.</param>
internal sealed record TriedVersion(string? Stage, string Problem, ImmutableArray<TrialResult> Trials);

/// <summary>Trials on disk, by everything that they follow from: a run that was interrupted goes on, and a new rule needs no new trials.</summary>
internal sealed class TrialStore(string folder)
{
    public async Task<TriedVersion> GetAsync(
        PatchProgram program, PatchCandidate? candidate, Func<Task<TriedVersion>> run, CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "trials", program.Name)).FullName;
        var file = Path.Combine(place, $"{candidate?.Name ?? "base"}-{KeyOf(program, candidate)}.json");
        if (File.Exists(file))
        {
            return JsonSerializer.Deserialize<TriedVersion>(await File.ReadAllBytesAsync(file, cancellationToken), GateJson.Options)!;
        }

        var tried = await run();
        if (tried.Trials.All(trial => trial.Counts))
        {
            var unfinished = file + ".unfinished";
            await File.WriteAllBytesAsync(unfinished, JsonSerializer.SerializeToUtf8Bytes(tried, GateJson.Options), cancellationToken);
            File.Move(unfinished, file, overwrite: true);
        }

        return tried;
    }

    /// <summary>Of the content of the base (scenarios among it) and of the candidate; 16 letters.</summary>
    public static string KeyOf(PatchProgram program, PatchCandidate? candidate)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, program.Base);
        if (candidate is not null)
        {
            Add(hash, candidate.Path);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static void Add(IncrementalHash hash, string path)
    {
        foreach (var file in File.Exists(path) ? [""] : PatchCandidate.FilesIn(path))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file}\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Join(path, file).TrimEnd('/'))));
        }
    }
}
