using Moss.Domain.Consents;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>What a ruling on consent means for a promotion.</summary>
internal static class ConsentRefusals
{
    public const string Mismatch = "ConsentMismatch";

    /// <summary>Null when consent was given.</summary>
    public static PreflightResult.Refused? Of(ConsentRuling ruling) => ruling switch
    {
        ConsentRuling.Granted => null,
        ConsentRuling.Mismatch wrong => new(Mismatch, $"consent is for {wrong.Field} {wrong.Given}, not {wrong.Expected}"),
        ConsentRuling.NotAllowed wrong => new(Mismatch, $"consent by '{wrong.Approver}' does not count: {wrong.Why}"),
        ConsentRuling.NotYetValid early => new(Mismatch, $"consent holds only from {early.From:u} on"),
        ConsentRuling.Expired late => new(PromotionProtocol.ConsentExpired, $"consent expired at {late.At:u}"),
        ConsentRuling.Void wrong => new(Mismatch, $"the consent's {wrong.Field} {wrong.Why}"),
        _ => throw new InvalidOperationException($"unknown ruling {ruling}"),
    };

    /// <summary>What it means that too few signed.</summary>
    public static PreflightResult.Refused Of(QuorumRuling.Missing missing) => missing.First is { } first
        ? Of(first)!
        : new(Mismatch, $"{missing.Approvers.Length} of {missing.Needed} signed consents were given{(missing.Approvers.IsEmpty ? "" : $", by {string.Join(", ", missing.Approvers)}")}");
}
