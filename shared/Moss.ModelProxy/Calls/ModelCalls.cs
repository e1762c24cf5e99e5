using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Moss.ModelProxy.Metering;
using Moss.ModelProxy.Pricing;
using Moss.ModelProxy.Protocols;
using Moss.ModelProxy.Upstreams;
using Yarp.ReverseProxy.Forwarder;

namespace Moss.ModelProxy.Calls;

/// <summary>Answers the requests of one job: refuses them, or forwards and meters them.</summary>
internal sealed partial class ModelCalls(
    JobFacts job, ModelUpstream upstream, PriceList prices, ModelBudget budget, JobTally tally, Forwarding forwarding, TimeProvider time, ILogger logger)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CallRules rules = new(upstream.Protocol, upstream.LargestRequest, upstream.LongestAnswer, upstream.ServerTools);

    public async Task HandleAsync(HttpContext context)
    {
        using var entered = tally.Enter();
        try
        {
            if (await AnswerAsync(context) is { } refusal)
            {
                LogRefused(job.Name, upstream.Name, refusal.Code);
                await RefuseAsync(context, refusal);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or BadHttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task<Refusal?> AnswerAsync(HttpContext context)
    {
        if (!PresentedToken.Is(context.Request.Headers, job.Token))
        {
            return Refusal.Token;
        }

        var asked = context.Request.Path.Value ?? "";
        var path = asked.StartsWith(upstream.Protocol.BasePath, StringComparison.Ordinal) ? asked[upstream.Protocol.BasePath.Length..] : "";
        if (upstream.Routes.FirstOrDefault(route => route.Matches(context.Request.Method, path)) is not { } allowed)
        {
            return Refusal.Path(context.Request.Method, Shown(asked), upstream.Name);
        }

        var (request, refusal) = await ModelRequest.ReadAsync(context.Request, path, rules, context.RequestAborted);
        return request is null ? refusal : await ForwardAsync(context, path, request, allowed.Metered);
    }

    private async Task<Refusal?> ForwardAsync(HttpContext context, string path, ModelRequest request, bool metered)
    {
        var (key, known) = ReadKey();
        if (!known)
        {
            return Refusal.Key(upstream.Name);
        }

        var price = prices.For(request.Ask?.Model ?? "");
        var most = metered ? price.AtMost(TokenEstimate.AtMost(request.Bytes.Length), request.Ask?.MaximumOutput ?? upstream.AssumedOutput) : 0;
        if (budget.Reserve(most) is not { } reservation)
        {
            tally.Refused();
            return Refusal.Budget;
        }

        var meter = new CallMeter(rules, metered ? price : null, request.Bytes.Length, reservation);
        var transformer = new UpstreamTransformer(upstream, path, key, meter.Begin);
        // Whatever is thrown, the upstream may have begun to work.
        var (worked, began) = (true, time.GetTimestamp());
        try
        {
            var error = await SendAsync(context, request, meter, transformer);
            tally.Answered(transformer.Outage ?? (context.Response.HasStarted || meter.CutForMoney
                ? null
                : UpstreamOutage.Of(error, context.RequestAborted.IsCancellationRequested, time.GetElapsedTime(began))));
            worked = transformer.Instead is null && !NeverReached(context);
            return transformer.Instead ?? (error == ForwarderError.None ? null : Failure(context, error, meter));
        }
        finally
        {
            Settle(request, meter, metered && worked, price.Known);
        }
    }

    private (string? Key, bool Known) ReadKey()
    {
        try
        {
            return (upstream.Key.Read(), true);
        }
        catch (InvalidOperationException missing)
        {
            LogKey(upstream.Name, missing.Message);
            return (null, false);
        }
    }

    private async Task<ForwarderError> SendAsync(HttpContext context, ModelRequest request, CallMeter meter, UpstreamTransformer transformer)
    {
        using var body = new MemoryStream(request.Bytes.ToArray(), writable: false);
        context.Request.Body = body;
        context.Request.ContentLength = request.Ask is null ? null : body.Length;
        context.Request.Headers.Remove("Transfer-Encoding");
        // What is upgraded goes by unmetered.
        context.Features.Set<IHttpUpgradeFeature>(null);
        context.Request.Headers.Remove("Upgrade");
        var client = context.Response.Body;
        context.Response.Body = new MeteredStream(client, meter.Pass);
        try
        {
            return await forwarding.SendAsync(context, upstream, transformer);
        }
        finally
        {
            context.Response.Body = client;
        }
    }

    /// <summary>What the client is told instead of nothing; null when the answer has begun and can only be broken off.</summary>
    private static Refusal? Failure(HttpContext context, ForwarderError error, CallMeter meter) => error switch
    {
        _ when context.RequestAborted.IsCancellationRequested => null,
        _ when context.Response.HasStarted => Broken(context),
        _ when meter.CutForMoney => Refusal.Budget,
        ForwarderError.RequestTimedOut => Refusal.Silent,
        _ => Refusal.Away,
    };

    private static Refusal? Broken(HttpContext context)
    {
        context.Abort();
        return null;
    }

    private static bool NeverReached(HttpContext context) => context.GetForwarderErrorFeature()?.Exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private void Settle(ModelRequest request, CallMeter meter, bool worked, bool priced)
    {
        var (use, dollars) = meter.End(worked);
        if (worked)
        {
            tally.Add(Shown(request.Ask?.Model ?? ""), use, dollars, priced);
            LogCalled(job.Name, upstream.Name, Shown(request.Ask?.Model ?? ""), use.In, use.Out, dollars, use.Estimated, meter.CutForMoney);
        }
    }

    private async Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/json";
        // What of the request has not been read is not waited for.
        context.Response.Headers.Connection = "close";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(upstream.Protocol.Error(refusal), Plain), context.RequestAborted);
    }

    /// <summary>Text by strangers, for logs and answers.</summary>
    private static string Shown(string text) => new([.. text.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    [LoggerMessage(LogLevel.Information, "{Job} asked {Upstream} for {Model}: {TokensIn} tokens in, {TokensOut} out, {Dollars} dollars (estimated: {Estimated}, cut off: {Cut})")]
    private partial void LogCalled(string job, string upstream, string model, long tokensIn, long tokensOut, decimal dollars, bool estimated, bool cut);

    [LoggerMessage(LogLevel.Warning, "A call of {Job} to {Upstream} was refused or failed: {Code}")]
    private partial void LogRefused(string job, string upstream, string code);

    [LoggerMessage(LogLevel.Error, "The key of {Upstream} cannot be used: {Reason}")]
    private partial void LogKey(string upstream, string reason);
}

/// <summary>Whose calls they are.</summary>
/// <param name="Name">For people.</param>
/// <param name="Token">What they present.</param>
internal sealed record JobFacts(string Name, string Token);
