using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class FlagCommand
{
    public static Command Create()
    {
        var substrate = new Option<string?>("--substrate") { Description = "Whose failure it is" };
        var scenario = new Option<string?>("--scenario") { Description = "The scenario that replays it" };
        var complaint = new Option<string?>("--complaint") { Description = "What the person said, word for word" };
        var transcript = new Option<FileInfo?>("--transcript") { Description = "File with the session" };
        var file = new Option<FileInfo?>("--file") { Description = "A JSON file with one item or many, instead of the options above" };
        var key = new Option<string?>("--key") { Description = "Idempotency key (default: from the content)" };
        return new Command("flag", "Report failures") { substrate, scenario, complaint, transcript, file, key }.Runs(async (context, cancellationToken) =>
        {
            var body = context.Get(file) is { } source
                ? await ReadAsync("--file", source, cancellationToken)
                : JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        substrate = context.Get(substrate), scenario = context.Get(scenario), source = "user", occurredAt = TimeProvider.System.GetUtcNow(),
                        complaint = context.Get(complaint),
                        transcript = context.Get(transcript) is { } log ? Encoding.UTF8.GetString(await ReadAsync("--transcript", log, cancellationToken)) : null,
                    },
                    MossClient.Json);

            var receipt = await ReportAsync(context.Client, body, context.Get(key), cancellationToken);
            context.Show(receipt, view => context.Screen.Line(
                $"{view.Accepted} stored, {view.Duplicates} known before" + (view.SetAside > 0 ? $", {view.SetAside} set aside as failures of the environment" : "")));
            return ExitCodes.Done;
        });
    }

    public static Task<EvidenceReceipt> ReportAsync(MossClient client, byte[] body, string? key, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var idempotency = key ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));
        return client.PostAsync<EvidenceReceipt>("api/evidence", content, idempotency, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(string option, FileInfo file, CancellationToken cancellationToken) => file.Exists
        ? await File.ReadAllBytesAsync(file.FullName, cancellationToken)
        : throw new UsageException(option, $"there is no file {file.FullName}", "name a file that is there");
}
