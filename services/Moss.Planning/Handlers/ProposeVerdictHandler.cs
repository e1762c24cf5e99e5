using MassTransit;
using Moss.CodingAgents.Roles;
using Moss.Contracts.Planning;
using Moss.ServiceDefaults.Stages;

namespace Moss.Planning.Handlers;

internal sealed class ProposeVerdictHandler(StageDesk desk, ReadingRoom room) : IConsumer<ProposeVerdict>
{
    public Task Consume(ConsumeContext<ProposeVerdict> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => ProposeAsync(context.Message, token));

    private async Task<object> ProposeAsync(ProposeVerdict command, CancellationToken cancellationToken)
    {
        var results = await room.ReadAsync(command.ResultsArtifact, cancellationToken);
        var request = await room.OpenCandidateAsync(command.Stage, command.Subject, command.Commit, command.DollarsLeft, cancellationToken) with
        {
            PlanArtifact = command.PlanArtifact,
            DiffArtifact = command.DiffArtifact,
            Results = BatchResults.Of(results, command.Subject.Scenarios),
        };
        return await room.AskAsync(
            RoleCatalog.ProposeVerdict, command.Stage, request,
            (report, spending) => new VerdictProposed(command.Stage, report.Proposal.ToString(), report.Reason, spending),
            cancellationToken);
    }
}
