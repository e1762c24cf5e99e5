using Moss.Domain.Evidence;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;

namespace Moss.Ingestion.Substrates;

internal sealed record SubstrateRequest(string? Repository, string? Reference, bool AllowDirty = false);

/// <summary>A substrate, with its scenarios at a commit where somebody looked. Credentials of an URL are never shown.</summary>
internal sealed record SubstrateView(
    string Name, string Repository, string? Commit, IReadOnlyList<string>? Scenarios, IReadOnlyList<string> Notes, IReadOnlyList<RequestProblem> Problems)
{
    public static SubstrateView Of(SubstrateEntry entry) => new(entry.Name, Shown(entry.Repository), null, null, [], []);

    public static SubstrateView Of(SubstrateEntry entry, Inspected inspected) =>
        new(entry.Name, Shown(entry.Repository), inspected.Commit?.Value, inspected.Scenarios, inspected.Notes, inspected.Problems);

    public static string Shown(string repository) => Redaction.Apply(repository).Text;
}

internal sealed record SubstrateCheckView(
    bool Ok, string? Name, string? Commit, int Scenarios, IReadOnlyList<string> Notes, IReadOnlyList<RequestProblem> Problems);

/// <summary>A report that is part of no batch, because what the substrate runs on had failed.</summary>
internal sealed record SetAsideView(string Reason, EvidenceAdded Report);
