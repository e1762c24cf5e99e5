using System.Globalization;
using System.Runtime.InteropServices;
using Moss.Testing.Models;
using Moss.Testing.Models.Scripts;

// A scripted model server on loopback, until it is told to stop. The first part of the path says what it does:
// http://127.0.0.1:PORT/loop/v1 is one that has tools called for ever, see ModelScript.Named; desk repairs the
// sample in every role, see DeskModel.
// A program of the tests, and never a part of a service: whoever could point Moss at it could have any change approved.
// usage: Moss.StubModel [PORT]
var port = args.Length == 0 ? 0 : int.Parse(args[0], NumberStyles.None, CultureInfo.InvariantCulture);
await using var stub = await StubModel.StartAsync(port);
stub.Answer = (request, response) =>
{
    var parts = request.Target.Split('/', 3);
    return parts.Length == 3 && (parts[1] == "desk" ? DeskModel.ScriptOf(request) : ModelScript.Named(parts[1])) is { } script
        ? ScriptedModel.AnswerAsync(script, request with { Target = "/" + parts[2] }, response)
        : response.Json("""{"error":{"message":"begin the path with desk, text, loop, hang, drop, garble, flood or a status such as 429"}}""", 404);
};
Console.WriteLine(stub.Address);

var stopped = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
await stopped.Task;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}
