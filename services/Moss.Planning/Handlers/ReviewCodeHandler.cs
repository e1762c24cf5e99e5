using MassTransit;
using Moss.CodingAgents.Roles;
using Moss.Contracts;
using Moss.Contracts.Planning;
using Moss.ServiceDefaults.Stages;
using Moss.Workspaces;

namespace Moss.Planning.Handlers;

internal sealed class ReviewCodeHandler(StageDesk desk, ReadingRoom room, IWorkspaceReader workspaces) : IConsumer<ReviewCode>
{
    public Task Consume(ConsumeContext<ReviewCode> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => ReviewAsync(context.Message, token));

    /// <summary>The reviewer sees the candidate's source; declaration, scenarios and graders stay those of the base commit.</summary>
    private async Task<object> ReviewAsync(ReviewCode command, CancellationToken cancellationToken)
    {
        var request = await room.OpenAsync(command.Stage, command.Subject, command.DollarsLeft, cancellationToken);
        request = request with
        {
            WorkTree = await workspaces.CheckoutAsync(request.Substrate.Entry.Repository, new CommitHash(command.Commit), cancellationToken),
            PlanArtifact = command.PlanArtifact,
            DiffArtifact = command.DiffArtifact,
        };
        return await room.AskAsync(RoleCatalog.ReviewCode, command.Stage, request, (report, spending) => Answer(command.Stage, report, spending), cancellationToken);
    }

    private static object Answer(StageReference stage, CodeReviewReport report, Spending spending) => report.Decision == CodeDecision.Approve
        ? new CodeApproved(stage, report.Reason, spending)
        : new CodeRejected(stage, report.Reason, spending);
}
