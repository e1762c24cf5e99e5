using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Recording;

/// <summary>A branch of a substrate's repository.</summary>
internal readonly record struct RecordPlace(string Substrate, string Branch);

/// <summary>Files that a branch should hold, and what is said of them.</summary>
internal sealed record OwedRecord(ImmutableArray<RecordFile> Files, CommitMessage Message, DateTimeOffset Time);

/// <summary>
/// Writes records to the substrates' repositories. What cannot be written now stays owed and keeps no other substrate waiting; a
/// process that dies leaves it to the next one, whose handlers owe it again when they read the feed.
/// </summary>
internal sealed partial class RecordDesk(ISubstrateDirectory substrates, IRecordBranch records, ILogger<RecordDesk> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Lock writing = new();
    private ImmutableDictionary<RecordPlace, ImmutableList<OwedRecord>> owed = ImmutableDictionary<RecordPlace, ImmutableList<OwedRecord>>.Empty;
    private ImmutableHashSet<RecordPlace> due = [];

    /// <summary>What is not written yet.</summary>
    public int Owed => owed.Values.Sum(place => place.Count);

    /// <summary>Puts a record in line; of two files with one path the later counts.</summary>
    public void Owe(RecordPlace place, OwedRecord record)
    {
        lock (writing)
        {
            owed = owed.SetItem(place, owed.GetValueOrDefault(place, []).Add(record));
            due = due.Add(place);
        }
    }

    /// <summary>Drops what a branch is owed everywhere, for who begins to owe it from the first event on.</summary>
    public void Forget(string branch)
    {
        lock (writing)
        {
            owed = owed.RemoveRange(owed.Keys.Where(place => place.Branch == branch));
            due = due.Except(due.Where(place => place.Branch == branch));
        }
    }

    /// <summary>Writes what came since the last try.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => WriteAsync(due, cancellationToken);

    /// <summary>Tries everything that is owed.</summary>
    public Task RetryAsync(CancellationToken cancellationToken) => WriteAsync(owed.Keys, cancellationToken);

    public void Dispose() => gate.Dispose();

    private async Task WriteAsync(IEnumerable<RecordPlace> places, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                await WriteAsync(place, owed.GetValueOrDefault(place, []), cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private async Task WriteAsync(RecordPlace place, ImmutableList<OwedRecord> waiting, CancellationToken cancellationToken)
    {
        lock (writing)
        {
            due = due.Remove(place);
        }

        if (waiting.IsEmpty)
        {
            return;
        }

        try
        {
            var entry = await substrates.FindAsync(place.Substrate, cancellationToken)
                ?? throw new RepositoryException($"no substrate '{place.Substrate}' is registered any more");
            var record = Together(place, waiting);
            var commit = await records.RecordAsync(entry.Repository, place.Branch, record.Files, record.Message, record.Time, cancellationToken);
            Paid(place, waiting);
            LogWritten(place.Substrate, place.Branch, commit);
        }
        catch (RepositoryException away)
        {
            LogNotWritten(place.Substrate, place.Branch, away.Message);
        }
    }

    private void Paid(RecordPlace place, ImmutableList<OwedRecord> written)
    {
        lock (writing)
        {
            var rest = owed.GetValueOrDefault(place, []).RemoveRange(written);
            owed = rest.IsEmpty ? owed.Remove(place) : owed.SetItem(place, rest);
        }
    }

    private static OwedRecord Together(RecordPlace place, ImmutableList<OwedRecord> waiting) => waiting is [var only]
        ? only
        : new OwedRecord(
            [.. waiting.SelectMany(record => record.Files).GroupBy(file => file.Path, StringComparer.Ordinal).Select(file => file.Last())],
            new CommitMessage($"Bring {place.Branch} up to date", string.Join('\n', waiting.Select(record => record.Message.Subject)), []),
            waiting.Max(record => record.Time));

    [LoggerMessage(LogLevel.Information, "{Substrate}: {Branch} is at {Commit}")]
    private partial void LogWritten(string substrate, string branch, CommitHash commit);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: {Branch} could not be written: {Reason} It is tried again")]
    private partial void LogNotWritten(string substrate, string branch, string reason);
}
