using System.Text.Json;
using Moss.Cli.Api;

namespace Moss.Cli.Doctor;

/// <summary>Asks Moss how the oversight of each substrate stands.</summary>
internal static class OversightAsking
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Null when no Moss answers: the doctor is asked before there is one, too.</summary>
    public static async Task<IReadOnlyList<OversightNeed>?> AskAsync(MossClient moss, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(Patience);
        try
        {
            var needs = new List<OversightNeed>();
            foreach (var substrate in await moss.GetAsync<List<SubstrateView>>("api/substrates", ended.Token))
            {
                needs.AddRange(await OfAsync(moss, substrate.Name, ended.Token));
            }

            return needs;
        }
        catch (Exception silent) when (silent is HttpRequestException or ApiException or JsonException
            || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<IEnumerable<OversightNeed>> OfAsync(MossClient moss, string substrate, CancellationToken cancellationToken)
    {
        try
        {
            return OversightNeeds.Of(await moss.GetAsync<OversightStandingView>($"api/oversight/{Uri.EscapeDataString(substrate)}", cancellationToken));
        }
        catch (ApiException refused)
        {
            return [new(substrate, "unknown", refused.Problem.Detail, refused.Problem.Fix ?? "")];
        }
    }
}
