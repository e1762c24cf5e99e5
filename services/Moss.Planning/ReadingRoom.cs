using System.Text;
using Moss.Artifacts;
using Moss.CodingAgents.Cases;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Contracts;
using Moss.Contracts.Planning;
using Moss.Replays;
using Moss.ServiceDefaults.Stages;
using Moss.Workspaces;

namespace Moss.Planning;

/// <summary>What all reading roles do alike: open the case at the base commit, ask, and tell a failed round from a broken stage.</summary>
internal sealed class ReadingRoom(ISubstrateLoader loader, IWorkspaceReader workspaces, BaselineReader baseline, RoleDesk roles, IArtifactStore artifacts)
{
    public async Task<CaseRequest> OpenAsync(StageReference stage, Subject subject, decimal dollarsLeft, CancellationToken cancellationToken)
    {
        var substrate = await loader.LoadAsync(subject.Substrate, subject.BaseCommit, cancellationToken);
        return new(stage.Key(), subject, substrate, substrate.TreePath)
        {
            EarlierKey = stage.EarlierKey(),
            Baseline = await baseline.ReadAsync(subject, cancellationToken),
            DollarsLeft = dollarsLeft,
        };
    }

    /// <summary>The same with the candidate's source to look at; declaration, scenarios and graders stay those of the base commit.</summary>
    public async Task<CaseRequest> OpenCandidateAsync(
        StageReference stage, Subject subject, string commit, decimal dollarsLeft, CancellationToken cancellationToken)
    {
        var request = await OpenAsync(stage, subject, dollarsLeft, cancellationToken);
        return request with
        {
            WorkTree = await workspaces.CheckoutAsync(request.Substrate.Entry.Repository, new CommitHash(commit), cancellationToken),
        };
    }

    /// <summary>The answer that <paramref name="answer"/> makes of a report, or <see cref="RoleFailed"/>.</summary>
    public async Task<object> AskAsync<TReport>(
        RoleSpec<TReport> role, StageReference stage, CaseRequest request, Func<TReport, IEnumerable<string>>? check,
        Func<RoleOutcome<TReport>.Reported, Spending, Task<object>> answer, CancellationToken cancellationToken)
        where TReport : class
    {
        var outcome = await roles.PlayAsync(role, request, check, cancellationToken);
        var spending = outcome.Use.Spending;
        return outcome switch
        {
            RoleOutcome<TReport>.Reported reported => await answer(reported, spending),
            RoleOutcome<TReport>.Failed failed => new RoleFailed(stage, failed.Reason, spending),
            RoleOutcome<TReport>.Unavailable unavailable => throw new StageBrokeException(unavailable.Reason, spending),
            _ => throw new InvalidOperationException($"a role cannot end as {outcome}"),
        };
    }

    /// <inheritdoc cref="AskAsync{TReport}(RoleSpec{TReport}, StageReference, CaseRequest, Func{TReport, IEnumerable{string}}?, Func{RoleOutcome{TReport}.Reported, Spending, Task{object}}, CancellationToken)"/>
    public Task<object> AskAsync<TReport>(
        RoleSpec<TReport> role, StageReference stage, CaseRequest request, Func<TReport, Spending, object> answer, CancellationToken cancellationToken)
        where TReport : class =>
        AskAsync(role, stage, request, null, (reported, spending) => Task.FromResult(answer(reported.Report, spending)), cancellationToken);

    public Task<string> KeepAsync(string json, CancellationToken cancellationToken) =>
        artifacts.KeepAsync(Encoding.UTF8.GetBytes(json), cancellationToken);

    public async Task<string> ReadAsync(string hash, CancellationToken cancellationToken) =>
        await artifacts.FindAsync(hash, cancellationToken) is { } content
            ? Encoding.UTF8.GetString(content)
            : throw new InvalidDataException($"artifact {hash} is not in the store");
}
