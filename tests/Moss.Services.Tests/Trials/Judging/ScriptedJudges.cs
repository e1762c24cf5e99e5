using System.Collections.Concurrent;
using Moss.ModelProxy;
using Moss.Replays.Judging;
using Moss.Substrates;
using Moss.Trials.Judging;

namespace Moss.Services.Tests.Trials;

/// <summary>Judges that answer as the test says, each call for a tenth of a cent; passes the same conformance suite as those behind the proxy.</summary>
internal sealed class ScriptedJudges : IJudgeModels
{
    public const decimal Price = 0.001m;

    /// <summary>Everything that was asked.</summary>
    public ConcurrentQueue<JudgeQuestion> Asked { get; } = [];

    public ConcurrentQueue<(string Job, decimal Dollars)> Opened { get; } = [];

    /// <summary>By question and how often that was asked before.</summary>
    public Func<JudgeQuestion, int, JudgeReply> Answer { get; set; } = (_, _) => new JudgeReply.Said(true);

    public IOpenJudge Open(string job, JudgeDeclaration judge, Func<decimal> dollars) => new Judge(this, job, dollars);

    private sealed class Judge(ScriptedJudges judges, string job, Func<decimal> dollars) : IOpenJudge
    {
        private int calls;
        private long tokensIn;
        private long tokensOut;
        private int refused;

        public Task<JudgeReply> AskAsync(JudgeQuestion question, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (calls == 0)
            {
                judges.Opened.Enqueue((job, dollars()));
            }

            var before = judges.Asked.Count(asked => asked == question);
            judges.Asked.Enqueue(question);
            var reply = judges.Answer(question, before);
            calls++;
            (tokensIn, tokensOut) = (tokensIn + reply.TokensIn, tokensOut + reply.TokensOut);
            refused += reply is JudgeReply.Unavailable { ForWantOfMoney: true } ? 1 : 0;
            return Task.FromResult(reply);
        }

        public Task<ModelSpending> SettleAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new ModelSpending(calls * Price, tokensIn, tokensOut, calls, refused, false, false));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
