using System.Formats.Tar;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Commands.Audit;

/// <summary>
/// The anchors that Moss left in a substrate's repository, read by git of this machine and not by the Moss that is audited. Every one that
/// ever was on the branch counts: a Moss that went on after its store was cut writes later ones over those that say so.
/// </summary>
internal static class AnchorBranch
{
    private const string Branch = "moss/audit";
    private const string Folder = "audit";

    /// <summary>All of them; never none.</summary>
    public static async Task<IReadOnlyList<AnchorView>> ReadAsync(string repository, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("moss-anchors-");
        try
        {
            var place = Directory.Exists(repository) ? Path.GetFullPath(repository) : repository;
            if (!await Git.ArchiveHistoryAsync(place, Branch, Folder, scratch.FullName, cancellationToken))
            {
                throw new UsageException(
                    "--anchors", $"{repository} has no branch {Branch}", "name the repository of a substrate: Moss writes the branch when it rules on an evolution");
            }

            return await ReadTarAsync(Path.Combine(scratch.FullName, "files.tar"), cancellationToken) is { Count: > 0 } anchors
                ? anchors
                : throw new UsageException("--anchors", $"the branch {Branch} of {repository} has no anchors", "name the repository of a substrate that has evolved");
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<List<AnchorView>> ReadTarAsync(string file, CancellationToken cancellationToken)
    {
        var anchors = new List<AnchorView>();
        await using var tar = new TarReader(File.OpenRead(file));
        while (await tar.GetNextEntryAsync(copyData: true, cancellationToken) is { } entry)
        {
            if (entry is { EntryType: TarEntryType.RegularFile, DataStream: { } content } && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                var name = entry.Name[(entry.Name.IndexOf('-', StringComparison.Ordinal) + 1)..];
                anchors.Add(await ReadAsync($"{Folder}/{name}", content, cancellationToken));
            }
        }

        return anchors;
    }

    private static async Task<AnchorView> ReadAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync<AnchorView>(content, MossClient.Json, cancellationToken) is { Streams: { } streams, Feed: not null } anchor
                && streams.All(stream => stream is { Stream: not null, Hash: not null }))
            {
                return anchor;
            }
        }
        catch (JsonException)
        {
            // Said below: it is no anchor either way.
        }

        throw new UsageException("--anchors", $"{name} on the branch {Branch} is no anchor", "find out who changed it: git log, on that branch");
    }
}
