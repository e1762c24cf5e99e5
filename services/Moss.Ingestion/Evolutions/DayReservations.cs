using System.Globalization;
using Moss.Domain.Evolution;
using Moss.Domain.Money;
using Moss.EventStore;
using Moss.Substrates;

namespace Moss.Ingestion.Evolutions;

/// <summary>
/// Sets money of the day aside before an evolution may start. Two starts at once are told apart by the version of the day's stream; one
/// that is killed in between leaves its money set aside until the day is over.
/// </summary>
internal sealed class DayReservations(IEventStore store, EvolutionStates evolutions, TimeProvider clock)
{
    /// <summary>What the evolution may spend: null for no ceiling, 0 when nothing is left of the day (or it may spend nothing), and so nothing was set aside.</summary>
    public async Task<decimal?> ReserveAsync(string substrate, BudgetDeclaration budget, Guid evolution, CancellationToken cancellationToken)
    {
        if (budget.DollarsPerDay is not { } ceiling || budget.Dollars is 0)
        {
            return budget.Dollars;
        }

        while (true)
        {
            var (money, version) = await LoadAsync(substrate, cancellationToken);
            var states = new Dictionary<Guid, EvolutionState>();
            foreach (var holder in money.Reserved.Keys)
            {
                states[holder] = await evolutions.LoadAsync(holder, cancellationToken);
            }

            var granted = money.Grant(ceiling, budget.Dollars, states);
            try
            {
                await AppendAsync(substrate, version, evolution, granted > 0 ? [new MoneyReserved(evolution, granted)] : [], cancellationToken);
                return granted;
            }
            catch (WrongExpectedVersionException)
            {
                // Another start was faster: it is asked again what is left.
            }
        }
    }

    /// <summary>The evolution does not start.</summary>
    public Task ReleaseAsync(string substrate, Guid evolution, CancellationToken cancellationToken) =>
        AppendAsync(substrate, ExpectedVersion.Any, evolution, [new MoneyReleased(evolution)], cancellationToken);

    private async Task<(DayMoney Money, ExpectedVersion Version)> LoadAsync(string substrate, CancellationToken cancellationToken)
    {
        var (money, version) = (DayMoney.Untouched, ExpectedVersion.NoStream);
        await foreach (var stored in store.ReadStreamAsync(StreamOf(substrate), 0, cancellationToken))
        {
            (money, version) = (money.Apply(stored.Data), ExpectedVersion.Exactly(stored.Version));
        }

        return (money, version);
    }

    private async Task AppendAsync(string substrate, ExpectedVersion version, Guid evolution, IEnumerable<object> events, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var metadata = new EventMetadata(evolution.ToString(), "", "moss", now);
        await store.AppendAsync(
            StreamOf(substrate), version, [.. events.Select(data => new NewEvent(Guid.CreateVersion7(now), data, metadata))], cancellationToken);
    }

    private StreamId StreamOf(string substrate) =>
        new($"money-{substrate}-{clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
}
