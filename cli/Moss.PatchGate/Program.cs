using System.Text.Json;
using Moss.PatchGate;

// One request on standard input, an answer a line on standard output: `moss bench patches` is the one who asks. Labels are not for here.
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};

try
{
    var request = JsonSerializer.Deserialize<GateRequest>(await Console.In.ReadToEndAsync(interrupted.Token), GateJson.Options)
        ?? throw new UnusableSetException("the request is empty");
    await using var desk = new GateDesk(request, line => Console.Out.WriteLine(JsonSerializer.Serialize(line, line.GetType(), GateJson.Options)));
    await desk.RunAsync(interrupted.Token);
    return 0;
}
catch (UnusableSetException unusable)
{
    await Console.Error.WriteLineAsync(unusable.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
