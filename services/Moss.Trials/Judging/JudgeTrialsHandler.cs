using MassTransit;
using Moss.Contracts.Trials;
using Moss.ServiceDefaults.Stages;

namespace Moss.Trials.Judging;

/// <summary>Every keypoint has a deterministic grader, so nothing is left to a model: the results are final as they are.</summary>
internal sealed class JudgeTrialsHandler(StageDesk desk) : IConsumer<JudgeTrials>
{
    public Task Consume(ConsumeContext<JudgeTrials> context) =>
        desk.AnswerAsync(context, context.Message.Stage, _ => Task.FromResult<object>(new TrialsJudged(context.Message.Stage, context.Message.ResultsArtifact, 0)));
}
