using System.Collections.Immutable;
using Moss.Domain.Corpus;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Deployment.Recording;

/// <summary>
/// Keeps the corpus of each substrate: what joined, how steady it is, and readable files of that on a branch of its repository. It reads the
/// feed from its beginning; what a stream of a corpus says to have followed is not followed again.
/// </summary>
internal sealed class CorpusKeeper(IEventFeed feed, IEventReader reader, IEventAppender appender, Fingerprints fingerprints, RecordDesk desk) : IFeedHandler
{
    private readonly Dictionary<string, CorpusBook> books = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<StreamId, string> substrates = [];
    private long known;

    public string Name => "corpus";

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (stored.Position == 1)
        {
            known = await feed.LastPositionAsync(cancellationToken);
            books.Clear();
            changed.Clear();
            desk.Forget(CorpusFiles.Branch);
        }

        if (stored.Data is EvolutionStarted started)
        {
            substrates[stored.Stream] = started.Substrate;
        }
        else if (stored.Data is BaselineMeasured or EvolutionEnded { Promoted: true } && substrates.TryGetValue(stored.Stream, out var substrate))
        {
            await FollowAsync(substrate, stored, cancellationToken);
        }

        if (stored.Position >= known)
        {
            await WriteAsync(cancellationToken);
        }
    }

    private async Task FollowAsync(string substrate, StoredEvent stored, CancellationToken cancellationToken)
    {
        if (!books.TryGetValue(substrate, out var book))
        {
            books[substrate] = book = await new CorpusBook(substrate).LoadAsync(reader, cancellationToken);
        }

        if (!book.HasFollowed(stored) && await DecideAsync(book.State, stored, cancellationToken) is { IsEmpty: false } happened)
        {
            books.Remove(substrate); // It is read again when the append leaves open what is stored.
            await book.AppendAsync(appender, stored, happened, cancellationToken);
            books[substrate] = book;
        }

        changed.Add(substrate);
    }

    private async Task<ImmutableArray<object>> DecideAsync(CorpusState corpus, StoredEvent stored, CancellationToken cancellationToken)
    {
        var moment = EvolutionMoment.None;
        await foreach (var one in reader.ReadStreamAsync(stored.Stream, 0, cancellationToken))
        {
            if (one.Version > stored.Version)
            {
                break;
            }

            moment = moment.Apply(one.Data, one.Metadata.Time);
        }

        return stored.Data is BaselineMeasured
            ? CorpusDecisions.Observe(corpus, moment)
            : CorpusDecisions.Join(
                corpus, moment.State,
                await fingerprints.ReadAsync(moment.State.Start!.Substrate, moment.State.Base, moment.State.Start.Scenarios, cancellationToken));
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var substrate in changed.Where(substrate => !books[substrate].State.Entries.IsEmpty))
        {
            desk.Owe(new RecordPlace(substrate, CorpusFiles.Branch), CorpusFiles.Of(books[substrate].State, books[substrate].At));
        }

        changed.Clear();
        await desk.SettleAsync(cancellationToken);
    }
}
