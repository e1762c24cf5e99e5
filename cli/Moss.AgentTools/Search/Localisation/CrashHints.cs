namespace Moss.AgentTools.Search.Localisation;

/// <summary>
/// What an error says about its repair: nothing is there where something was expected, an index is out of range, a
/// recursion does not end. Takes cost from the changes that answer it on the line of the crash.
/// </summary>
internal static class CrashHints
{
    private const double ForPlace = 0.5;

    private static readonly (string Error, string[] Texts, string[] Templates, double Bonus)[] Answers =
    [
        ("NoneType", [" is None", " is not None"], [], 3),
        ("IndexError", ["len(", "not "], ["off-by-one"], 0.7),
        ("KeyError", [" in ", ".get("], [], 0.7),
        ("RecursionError", [], ["guard", "order", "off-by-one"], 0.5),
        ("maximum recursion", [], ["guard", "order", "off-by-one"], 0.5),
        ("ZeroDivisionError", [" == 0", " != 0", " > 0"], ["order"], 0.7),
        ("TypeError", [], ["call", "access"], 0.4),
    ];

    public static double Of(Crash crash, Mutant mutant)
    {
        if (crash.Path != mutant.Path || crash.Line < mutant.FirstLine || crash.Line > mutant.LastLine)
        {
            return 0;
        }

        return ForPlace + Answers
            .Where(a => crash.Error.Contains(a.Error, StringComparison.Ordinal))
            .Where(a => a.Templates.Contains(mutant.Template) || mutant.Edits.Any(e => Array.Exists(a.Texts, t => e.Text.Contains(t, StringComparison.Ordinal))))
            .Select(a => a.Bonus)
            .DefaultIfEmpty()
            .Max();
    }
}
