using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Moss.ModelProxy;
using Moss.Replays.Judging;
using Moss.Substrates;

namespace Moss.Trials.Judging;

/// <summary>
/// Asks one judge over the socket of its lease. A call that did not come to an answer is made again a few times; an answer never is, however
/// useless. A vendor's client would bring repetitions of its own, which nobody here would see.
/// </summary>
internal sealed class JudgeClient : IJudgeModel, IDisposable
{
    private const int LongestAnswer = 1024 * 1024;
    private const int Tries = 3;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly IModelLease lease;
    private readonly JudgeProtocol protocol;
    private readonly JudgeDeclaration judge;
    private readonly TrialsOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public JudgeClient(IModelLease lease, JudgeProtocol protocol, JudgeDeclaration judge, TrialsOptions options, TimeProvider time)
    {
        (this.lease, this.protocol, this.judge, this.options, this.time) = (lease, protocol, judge, options, time);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync })
        {
            BaseAddress = new Uri("http://model"), Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer,
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", lease.Token);
        foreach (var (name, value) in protocol.Headers)
        {
            http.DefaultRequestHeaders.Add(name, value);
        }
    }

    public async Task<JudgeReply> AskAsync(JudgeQuestion question, CancellationToken cancellationToken)
    {
        var body = protocol.Write(judge.Model.Name, JudgePrompt.Of(question, lease.Token)).ToJsonString();
        for (var retry = 1; ; retry++)
        {
            var (reply, again) = await TryAsync(body, cancellationToken);
            if (!again || retry == Tries)
            {
                return reply;
            }

            await Task.Delay(options.RetryDelay * retry, time, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<(JudgeReply Reply, bool Again)> TryAsync(string body, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(judge.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(lease.BasePath + protocol.Path, content, limit.Token);
            var text = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            return answer.IsSuccessStatusCode
                ? (Read(text), false)
                : (Refused(answer.StatusCode, text), answer.StatusCode == HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new JudgeReply.Unavailable(FormattableString.Invariant($"the judge did not answer within {judge.Timeout.TotalSeconds:0.##} s")), true);
        }
        catch (HttpRequestException broken)
        {
            return (new JudgeReply.Unavailable($"the judge cannot be reached: {broken.Message}"), true);
        }
    }

    private JudgeReply Read(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            var (tokensIn, tokensOut) = protocol.Usage(document.RootElement);
            JudgeReply reply = protocol.Read(document.RootElement) is { } holds
                ? new JudgeReply.Said(holds)
                : new JudgeReply.Unusable("the judge answered something else than {\"holds\": true} or {\"holds\": false}");
            return reply with { TokensIn = tokensIn, TokensOut = tokensOut };
        }
        catch (JsonException)
        {
            return new JudgeReply.Unusable("the judge's answer is not valid JSON");
        }
    }

    private static JudgeReply.Unavailable Refused(HttpStatusCode status, byte[] text)
    {
        var said = Encoding.UTF8.GetString(text).ReplaceLineEndings(" ");
        return new(
            FormattableString.Invariant($"the judge was refused with {(int)status}: {said[..Math.Min(said.Length, 200)]}"), status == HttpStatusCode.PaymentRequired);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(lease.SocketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
