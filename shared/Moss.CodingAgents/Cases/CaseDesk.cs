using System.Collections.Immutable;
using System.Text;
using Moss.Artifacts;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Prompts;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Contracts;
using Moss.Substrates;

namespace Moss.CodingAgents.Cases;

/// <summary>
/// Puts together what an agent may know of a case. Every scenario that is not in the subject stays out: no name, file or
/// result of it goes in, wherever it comes from.
/// </summary>
public sealed class CaseDesk(IArtifactStore artifacts, IEvidenceReader evidence)
{
    /// <summary>The task of a role on a case.</summary>
    public async Task<AgentTask> OpenAsync(CaseRequest request, Role role, CancellationToken cancellationToken)
    {
        var (substrate, subject) = (request.Substrate, request.Subject);
        var rules = new EditScopeRules(substrate.Declaration);
        var files = WorkTreeFiles.List(request.WorkTree);
        var reported = (await evidence.FindAsync(subject.BatchId, cancellationToken))
            .Where(item => subject.Scenarios.Contains(item.Scenario))
            .ToImmutableArray();
        var facts = new AssignmentFile(
            request.Key, role.Word(), substrate.Entry.Name,
            [.. subject.Scenarios.Select(id => Brief(request, id, reported))],
            [.. files.Where(rules.Allows)])
        {
            FailureClass = request.FailureClass,
            Diagnosis = await TextAsync(request.DiagnosisArtifact, cancellationToken),
            Plan = await TextAsync(request.PlanArtifact, cancellationToken),
            Diff = await TextAsync(request.DiffArtifact, cancellationToken),
            Results = request.Results,
            Feedback = request.Feedback,
            Attempts = await AttemptsAsync(request.Attempts, cancellationToken),
            TimeoutSeconds = substrate.Declaration.Budget.AgentTimeout.TotalSeconds,
            Coverage = substrate.Declaration.Trial.Coverage,
        };
        return new(
            facts, request.WorkTree, JailMasks.Of(files, substrate.Declaration.Scenarios, rules.IsProtected),
            substrate.Declaration.Budget.AgentTimeout)
        {
            Evidence = [.. BaselineNotes.Of(request), .. await QuoteAsync(reported, cancellationToken)],
            ScenarioFiles = await ScenarioFilesAsync(request, cancellationToken),
            DollarsLeft = request.DollarsLeft,
            Try = new(substrate, request.WorkTree, [.. subject.Scenarios]),
        };
    }

    private static ScenarioBrief Brief(CaseRequest request, string id, ImmutableArray<BatchEvidence> reported) => new(
        id, request.Substrate.Find(id)?.Title ?? "",
        string.Join('\n', reported.Where(item => item.Scenario == id && item.Complaint.Length > 0).Select(item => item.Complaint)),
        BaselineNotes.ScoreOf(request, id));

    private async Task<IEnumerable<PromptEvidence>> QuoteAsync(ImmutableArray<BatchEvidence> reported, CancellationToken cancellationToken)
    {
        var quoted = new List<PromptEvidence>();
        foreach (var item in reported)
        {
            if (item.Complaint.Length > 0)
            {
                quoted.Add(new($"complaint about scenario {item.Scenario}", item.Complaint));
            }

            if (await TextAsync(item.TranscriptArtifact, cancellationToken) is { Length: > 0 } transcript)
            {
                quoted.Add(new($"transcript of scenario {item.Scenario}", transcript));
            }
        }

        return quoted;
    }

    private async Task<ImmutableArray<Attempt>> AttemptsAsync(IReadOnlyList<PriorAttempt> attempts, CancellationToken cancellationToken)
    {
        var told = ImmutableArray.CreateBuilder<Attempt>(attempts.Count);
        foreach (var attempt in attempts)
        {
            var diff = attempt.DiffArtifact.Length == 0 ? "" : await TextAsync(attempt.DiffArtifact, cancellationToken) ?? "";
            told.Add(new(attempt.Iteration, diff, attempt.Outcome, attempt.BatchScore));
        }

        return told.MoveToImmutable();
    }

    private static async Task<ImmutableSortedDictionary<string, byte[]>> ScenarioFilesAsync(CaseRequest request, CancellationToken cancellationToken)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>();
        foreach (var id in request.Subject.Scenarios.Where(id => request.Substrate.Find(id) is not null))
        {
            files[$"{id}.json"] = await File.ReadAllBytesAsync(Path.Combine(request.Substrate.GraderFolder, $"{id}.json"), cancellationToken);
        }

        return files.ToImmutable();
    }

    private async Task<string?> TextAsync(string? hash, CancellationToken cancellationToken) =>
        hash is null ? null
        : await artifacts.FindAsync(hash, cancellationToken) is { } content ? Encoding.UTF8.GetString(content)
        : throw new InvalidDataException($"artifact {hash} is not in the store");
}
