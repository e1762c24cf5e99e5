using MassTransit;
using Moss.CodingAgents.Roles;
using Moss.Contracts;
using Moss.Contracts.Planning;
using Moss.ServiceDefaults.Stages;
using Moss.Substrates;

namespace Moss.Planning.Handlers;

internal sealed class ReviewPlanHandler(StageDesk desk, ReadingRoom room) : IConsumer<ReviewPlan>
{
    public Task Consume(ConsumeContext<ReviewPlan> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => ReviewAsync(context.Message, token));

    private async Task<object> ReviewAsync(ReviewPlan command, CancellationToken cancellationToken)
    {
        var request = await room.OpenAsync(command.Stage, command.Subject, command.DollarsLeft, cancellationToken) with
        {
            DiagnosisArtifact = command.DiagnosisArtifact,
            PlanArtifact = command.PlanArtifact,
        };
        var plan = await room.ReadAsync(command.PlanArtifact, cancellationToken);
        return PlanCheck.Problem(plan, new EditScopeRules(request.Substrate.Declaration)) is { } problem
            ? new PlanRejected(command.Stage, nameof(PlanDecision.OffTarget), problem, new Spending("moss", 0, 0, 0, 0))
            : await room.AskAsync(RoleCatalog.ReviewPlan, command.Stage, request, (report, spending) => Answer(command.Stage, report, spending), cancellationToken);
    }

    private static object Answer(StageReference stage, PlanReviewReport report, Spending spending) => report.Decision == PlanDecision.Approve
        ? new PlanApproved(stage, report.Reason, spending)
        : new PlanRejected(stage, report.Decision.ToString(), report.Reason, spending);
}
