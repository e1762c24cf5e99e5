namespace Moss.Gateway.Keys;

/// <summary>What a key may be used for. None contains another.</summary>
internal enum Scope
{
    /// <summary>Report failures.</summary>
    Report,

    /// <summary>Read everything that is kept.</summary>
    Read,

    /// <summary>Register substrates; start and stop evolutions and deployments.</summary>
    Operate,

    /// <summary>Consent to a change, sign what was promoted, or refuse either.</summary>
    Approve,
}

internal static class Scopes
{
    public static IReadOnlyList<Scope> All { get; } = Enum.GetValues<Scope>();

    /// <summary>As people write it.</summary>
    public static string Text(this Scope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>Null for a word that is no scope.</summary>
    public static Scope? Parse(string word) => All.Where(scope => scope.Text() == word).Select(scope => (Scope?)scope).FirstOrDefault();
}
