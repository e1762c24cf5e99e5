namespace Moss.Orchestrator.Subscribing;

/// <summary>A kind of notice.</summary>
/// <param name="Type">Its CloudEvents type; ends in the version of its data.</param>
/// <param name="RoutingKey">The words of its routing key; <c>{verdict}</c> and <c>{substrate}</c> are filled in.</param>
/// <param name="Data">Shape of its data.</param>
internal sealed record Topic(string Type, string RoutingKey, Type Data)
{
    /// <summary>Names the shape of the data, with its version.</summary>
    public string Schema => $"urn:moss:schema:{Type["dev.moss.".Length..]}";
}

/// <summary>Everything that subscribers can hear. docs/asyncapi.yaml says the same to them.</summary>
internal static class Topics
{
    public static readonly Topic Started = new("dev.moss.evolution.started.v1", "evolution.started.{substrate}", typeof(EvolutionStartedData));

    public static readonly Topic Restarted = new("dev.moss.evolution.restarted.v1", "evolution.restarted.{substrate}", typeof(EvolutionRestartedData));

    public static readonly Topic Verdict = new("dev.moss.verdict.v1", "verdict.{verdict}.{substrate}", typeof(VerdictData));

    public static readonly Topic ConsentRequested = new("dev.moss.consent.requested.v1", "consent.requested.{substrate}", typeof(ConsentRequestedData));

    public static readonly Topic ConsentSigned = new("dev.moss.consent.signed.v1", "consent.signed.{substrate}", typeof(ConsentSignedData));

    public static readonly Topic Promoted = new("dev.moss.promotion.promoted.v1", "promotion.promoted.{substrate}", typeof(PromotionPromotedData));

    public static readonly Topic RolledBack = new("dev.moss.promotion.rolledback.v1", "promotion.rolledback.{substrate}", typeof(PromotionRolledBackData));

    public static readonly Topic Refused = new("dev.moss.promotion.refused.v1", "promotion.refused.{substrate}", typeof(PromotionRefusedData));

    public static readonly Topic Ended = new("dev.moss.evolution.ended.v1", "evolution.ended.{verdict}.{substrate}", typeof(EvolutionEndedData));

    public static readonly Topic ProductionRolledBack =
        new("dev.moss.production.rolledback.v1", "production.rolledback.{substrate}", typeof(ProductionRolledBackData));

    public static IReadOnlyList<Topic> All { get; } = [Started, Restarted, Verdict, ConsentRequested, ConsentSigned, Promoted, RolledBack, Refused, Ended, ProductionRolledBack];
}
