using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Moss.EndToEnd.Tests.Agents;

/// <summary>
/// Where the scripted agents of all substrates ask what to do: a test answers for the model. Each call is written down when
/// it comes, with what the ledger held for its stage at that moment.
/// </summary>
internal sealed class AgentDesk : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<string, Task<bool>> isStored;
    private readonly ConcurrentDictionary<string, AgentScript> scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<AgentCall> calls = new();
    private readonly ConcurrentQueue<AgentDone> done = new();
    private readonly ConcurrentDictionary<int, Gate> gates = new();

    private AgentDesk(WebApplication app, Func<string, Task<bool>> isStored) => (this.app, this.isStored) = (app, isStored);

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="isStored">Whether the answer of a stage is in the ledger, by the text form of its key.</param>
    public static async Task<AgentDesk> OpenAsync(Func<string, Task<bool>> isStored)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var desk = new AgentDesk(app, isStored);
        app.MapPost("/calls", desk.AnswerAsync);
        app.MapPost("/done", desk.Note);
        app.MapGet("/boots/{sample:int}", desk.BootAsync);
        await app.StartAsync();
        return desk;
    }

    /// <summary>Lets no version that says this of its sample sale serve until the gate is opened.</summary>
    public Gate Hold(int sample) => gates.GetOrAdd(sample, _ => new Gate());

    public void Play(string substrate, AgentScript script) => scripts[substrate] = script;

    public IReadOnlyList<AgentCall> CallsFor(string substrate) => [.. calls.Where(call => call.Substrate == substrate)];

    /// <summary>What each attempt of an agent to write a file came to, by path.</summary>
    public IReadOnlyDictionary<string, string> WritesOf(string substrate) =>
        done.Where(one => one.Substrate == substrate).SelectMany(one => one.Writes).ToLookup(write => write.Key, write => write.Value)
            .ToDictionary(write => write.Key, write => write.Last(), StringComparer.Ordinal);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> AnswerAsync(JsonElement assignment, HttpContext context)
    {
        var key = assignment.GetProperty("key").GetString()!;
        var call = new AgentCall(
            assignment.GetProperty("substrate").GetString()!, key, assignment.GetProperty("role").GetString()!, assignment,
            await isStored(key), context.RequestAborted);
        calls.Enqueue(call);
        try
        {
            return TypedResults.Ok(await scripts[call.Substrate](call));
        }
        catch (OperationCanceledException) when (call.Gone.IsCancellationRequested)
        {
            return TypedResults.Empty;
        }
    }

    private async Task BootAsync(int sample)
    {
        if (gates.TryGetValue(sample, out var gate))
        {
            await gate.PassAsync();
        }
    }

    private IResult Note(AgentDone note)
    {
        done.Enqueue(note);
        return TypedResults.Ok(new { });
    }
}
