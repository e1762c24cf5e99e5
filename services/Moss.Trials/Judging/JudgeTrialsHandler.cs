using System.Text.Json;
using MassTransit;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.EventStore;
using Moss.ServiceDefaults.Stages;
using Moss.Trials.Replaying;

namespace Moss.Trials.Judging;

/// <summary>
/// Keypoints that a model judges were voted on when their trial was graded, because each look at the trials needs final scores: here it is
/// said how many there were, from the results as they were kept.
/// </summary>
internal sealed class JudgeTrialsHandler(StageDesk desk, IArtifactStore artifacts) : IConsumer<JudgeTrials>
{
    public Task Consume(ConsumeContext<JudgeTrials> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => CountAsync(context.Message, token));

    private async Task<object> CountAsync(JudgeTrials command, CancellationToken cancellationToken)
    {
        var kept = await artifacts.FindAsync(command.ResultsArtifact, cancellationToken)
            ?? throw new IOException($"the results {command.ResultsArtifact} are not in the artifact store");
        var results = JsonSerializer.Deserialize<TrialResults>(kept, StoredJson.Options)
            ?? throw new InvalidOperationException($"the results {command.ResultsArtifact} hold nothing");
        return new TrialsJudged(command.Stage, command.ResultsArtifact, UndecidedTrials.Decided(results.Trials));
    }
}
