using System.Collections.Immutable;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Moss.ModelProxy.Calls;
using Moss.ModelProxy.Pricing;
using Moss.ModelProxy.Upstreams;

namespace Moss.ModelProxy.Serving;

/// <summary>Opens ways to the upstreams of the settings.</summary>
internal sealed class ModelProxies(
    ImmutableSortedDictionary<string, ModelUpstream> upstreams, PriceList prices, Forwarding forwarding, TimeProvider time, ILogger<ModelProxies> logger) : IModelProxy
{
    private const int TokenBytes = 24;

    public async Task<ModelOpening> OpenAsync(string job, string upstream, string socketPath, decimal dollars, CancellationToken cancellationToken)
    {
        if (Find(upstream) is not { } found)
        {
            return new ModelOpening.Unavailable(Missing(upstream));
        }

        try
        {
            _ = found.Key.Read();
            var facts = new JobFacts(job, "moss-" + RandomNumberGenerator.GetHexString(TokenBytes * 2, lowercase: true));
            var tally = new JobTally(time);
            var calls = new ModelCalls(facts, found, prices, new ModelBudget(dollars), tally, forwarding, time, logger);
            var server = await SocketServer.StartAsync(socketPath, calls.HandleAsync, cancellationToken);
            return new ModelOpening.Opened(new ModelLease(server, socketPath, facts, found.Protocol.Word, found.Protocol.BasePath, tally, time));
        }
        catch (InvalidOperationException missing)
        {
            return new ModelOpening.Unavailable($"Moss:Models:{upstream}: {missing.Message}");
        }
        catch (Exception broken) when (broken is IOException or SocketException or UnauthorizedAccessException)
        {
            return new ModelOpening.Unavailable($"the socket of the model proxy cannot be made: {broken.Message}");
        }
    }

    public decimal Estimate(string model, long tokensIn, long tokensOut) => prices.For(model).Of(new(tokensIn, 0, 0, tokensOut, Estimated: true));

    private ModelUpstream? Find(string name) => upstreams.GetValueOrDefault(name);

    private string Missing(string name) => upstreams.IsEmpty
        ? $"there is no model '{name}': set Moss:Models:{name}:Address and Moss:Models:{name}:Protocol"
        : $"there is no model '{name}': set Moss:Models:{name}, or name one of {string.Join(", ", upstreams.Keys)}";
}
