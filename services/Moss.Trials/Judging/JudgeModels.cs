using Moss.ModelProxy;
using Moss.Replays.Judging;
using Moss.Sandboxes;
using Moss.Substrates;
using Moss.Trials.Replaying;

namespace Moss.Trials.Judging;

/// <summary>Judges that are reached through the model proxy: its keys, its prices, its ceilings.</summary>
internal sealed class JudgeModels(IModelProxy models, SandboxFolders folders, TrialsOptions options, TimeProvider time) : IJudgeModels
{
    public IOpenJudge Open(string job, JudgeDeclaration judge, Func<decimal> dollars) => new OpenJudge(job, judge, dollars, models, folders, options, time);

    private sealed class OpenJudge(
        string job, JudgeDeclaration judge, Func<decimal> dollars, IModelProxy models, SandboxFolders folders, TrialsOptions options, TimeProvider time)
        : IOpenJudge
    {
        private SandboxFolder? folder;
        private IModelLease? lease;
        private JudgeClient? client;

        public async Task<JudgeReply> AskAsync(JudgeQuestion question, CancellationToken cancellationToken) =>
            await (client ??= await ReachAsync(cancellationToken)).AskAsync(question, cancellationToken);

        public async Task<ModelSpending> SettleAsync(CancellationToken cancellationToken)
        {
            if (lease is null)
            {
                return ModelSpending.Nothing;
            }

            await lease.SettleAsync(cancellationToken);
            return lease.Spending;
        }

        public async ValueTask DisposeAsync()
        {
            client?.Dispose();
            if (lease is not null)
            {
                await lease.DisposeAsync();
            }

            folder?.Dispose();
        }

        private async Task<JudgeClient> ReachAsync(CancellationToken cancellationToken)
        {
            folder ??= ModelFolder.Create(folders);
            lease ??= await models.OpenAsync(job, judge.Model.Upstream, ModelFolder.Socket(folder), dollars(), cancellationToken) switch
            {
                ModelOpening.Opened opened => opened.Lease,
                ModelOpening.Unavailable unavailable => throw new IOException($"judge.model: {unavailable.Reason}"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            var protocol = JudgeProtocol.Find(lease.Protocol) ?? throw new IOException(
                $"judge.model.upstream: {judge.Model.Upstream} speaks {lease.Protocol}; name one that speaks {string.Join(" or ", JudgeProtocol.All.Select(known => known.Word))}");
            return new(lease, protocol, judge, options, time);
        }
    }
}
