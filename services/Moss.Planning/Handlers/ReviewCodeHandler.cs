using MassTransit;
using Moss.CodingAgents.Roles;
using Moss.Contracts;
using Moss.Contracts.Planning;
using Moss.ServiceDefaults.Stages;

namespace Moss.Planning.Handlers;

internal sealed class ReviewCodeHandler(StageDesk desk, ReadingRoom room) : IConsumer<ReviewCode>
{
    public Task Consume(ConsumeContext<ReviewCode> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => ReviewAsync(context.Message, token));

    private async Task<object> ReviewAsync(ReviewCode command, CancellationToken cancellationToken)
    {
        var request = await room.OpenCandidateAsync(command.Stage, command.Subject, command.Commit, command.DollarsLeft, cancellationToken) with
        {
            PlanArtifact = command.PlanArtifact,
            DiffArtifact = command.DiffArtifact,
        };
        return await room.AskAsync(RoleCatalog.ReviewCode, command.Stage, request, (report, spending) => Answer(command.Stage, report, spending), cancellationToken);
    }

    private static object Answer(StageReference stage, CodeReviewReport report, Spending spending) => report.Decision == CodeDecision.Approve
        ? new CodeApproved(stage, report.Reason, spending)
        : new CodeRejected(stage, report.Reason, spending);
}
