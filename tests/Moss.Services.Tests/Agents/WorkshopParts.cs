using System.Collections.Immutable;
using System.Threading.Channels;
using MassTransit;
using Moss.Artifacts;
using Moss.CodingAgents.Sessions;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Contracts.Planning;
using Moss.Substrates;

namespace Moss.Services.Tests.Agents;

/// <summary>One substrate is registered.</summary>
internal sealed class OneSubstrate(SubstrateEntry entry) : ISubstrateDirectory
{
    public Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(name == entry.Name ? entry : null);
}

/// <summary>Evidence that is given.</summary>
internal sealed class FixedEvidence(ImmutableArray<BatchEvidence> evidence) : IEvidenceReader
{
    public Task<ImmutableArray<BatchEvidence>> FindAsync(Guid batchId, CancellationToken cancellationToken) => Task.FromResult(evidence);
}

/// <summary>A runner that nobody uses; the jail wants its socket to be there.</summary>
internal sealed class NobodyTries : ITryHost
{
    public async Task<IAsyncDisposable> ListenAsync(TryScope scope, string socketPath, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(socketPath, "", cancellationToken);
        return new MemoryStream();
    }
}

/// <summary>Everything that was answered, in order.</summary>
internal sealed class Answers
{
    public Channel<object> Channel { get; } = System.Threading.Channels.Channel.CreateUnbounded<object>();
}

internal sealed class AnswerBox(Answers answers)
    : IConsumer<FaultLocated>, IConsumer<PlanDrafted>, IConsumer<PlanApproved>, IConsumer<PlanRejected>, IConsumer<CodeApproved>, IConsumer<CodeRejected>,
        IConsumer<VerdictProposed>, IConsumer<RoleFailed>, IConsumer<PlanImplemented>, IConsumer<ImplementationRefused>, IConsumer<ChangeRebased>,
        IConsumer<RebaseRefused>, IConsumer<StageBroke>
{
    public Task Consume(ConsumeContext<FaultLocated> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<PlanDrafted> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<PlanApproved> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<PlanRejected> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<CodeApproved> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<CodeRejected> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<VerdictProposed> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<RoleFailed> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<PlanImplemented> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<ImplementationRefused> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<ChangeRebased> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<RebaseRefused> context) => TakeAsync(context.Message);

    public Task Consume(ConsumeContext<StageBroke> context) => TakeAsync(context.Message);

    private Task TakeAsync(object message) => answers.Channel.Writer.WriteAsync(message).AsTask();
}
