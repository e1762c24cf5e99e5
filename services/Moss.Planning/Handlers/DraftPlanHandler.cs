using MassTransit;
using Moss.CodingAgents.Roles;
using Moss.Contracts.Planning;
using Moss.ServiceDefaults.Stages;

namespace Moss.Planning.Handlers;

internal sealed class DraftPlanHandler(StageDesk desk, ReadingRoom room) : IConsumer<DraftPlan>
{
    public Task Consume(ConsumeContext<DraftPlan> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => DraftAsync(context.Message, token));

    private async Task<object> DraftAsync(DraftPlan command, CancellationToken cancellationToken)
    {
        var diagnosis = await room.ReadAsync(command.DiagnosisArtifact, cancellationToken);
        var request = await room.OpenAsync(command.Stage, command.Subject, command.DollarsLeft, cancellationToken) with
        {
            FailureClass = RoleCatalog.Locate.Parse(diagnosis) is ReportCheck<LocateReport>.Good good ? good.Report.FailureClass.ToString() : null,
            DiagnosisArtifact = command.DiagnosisArtifact,
            Feedback = command.Feedback,
            Attempts = command.Attempts,
        };
        return await room.AskAsync(
            RoleCatalog.Plan, command.Stage, request, check: null,
            async (reported, spending) => new PlanDrafted(
                command.Stage, await room.KeepAsync(reported.Json, cancellationToken), reported.Report.Change, reported.Report.Files, spending),
            cancellationToken);
    }
}
