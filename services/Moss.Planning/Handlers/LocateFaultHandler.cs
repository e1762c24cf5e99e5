using MassTransit;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Roles;
using Moss.Contracts.Planning;
using Moss.ServiceDefaults.Stages;

namespace Moss.Planning.Handlers;

internal sealed class LocateFaultHandler(StageDesk desk, ReadingRoom room) : IConsumer<LocateFault>
{
    public Task Consume(ConsumeContext<LocateFault> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => LocateAsync(context.Message, token));

    private async Task<object> LocateAsync(LocateFault command, CancellationToken cancellationToken)
    {
        var request = await room.OpenAsync(command.Stage, command.Subject, command.DollarsLeft, cancellationToken)
            with { Attempts = command.Attempts };
        var files = WorkTreeFiles.List(request.WorkTree).ToHashSet(StringComparer.Ordinal);
        return await room.AskAsync(
            RoleCatalog.Locate, command.Stage, request,
            report => DiagnosisCheck.Problems(report, files),
            async (reported, spending) => new FaultLocated(
                command.Stage, await room.KeepAsync(reported.Json, cancellationToken), reported.Report.Summary,
                reported.Report.FailureClass.ToString(), [.. reported.Report.Files.Select(file => file.Path)], spending),
            cancellationToken);
    }
}
