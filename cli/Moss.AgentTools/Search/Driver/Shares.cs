namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// How often a repair of a small slip is of which kind, roughly as studies of real one-statement repairs count them: a wrong
/// name most of all, then constants, operators and conditions. Only the order of trying depends on it.
/// </summary>
internal static class Shares
{
    private const double OfOthers = 0.04;

    private static readonly Dictionary<string, double> Known = new(StringComparer.Ordinal)
    {
        ["name"] = 0.20, ["operator"] = 0.10, ["constant"] = 0.10, ["condition"] = 0.10, ["off-by-one"] = 0.08, ["call"] = 0.08, ["flow"] = 0.06,
        ["order"] = 0.05, ["borrow"] = 0.05, ["insert"] = 0.05, ["guard"] = 0.05, ["move"] = 0.04, ["access"] = 0.04, ["operand"] = 0.04,
        ["remove"] = 0.03, ["token"] = 0.20,
    };

    public static double Of(string template) => Known.GetValueOrDefault(template, OfOthers);
}
