using System.Collections.Frozen;

namespace Moss.AgentTools.Search.Python;

internal static class Keywords
{
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
        "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
        "while", "with", "yield",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsReserved(string word) => Reserved.Contains(word);

    public static bool IsConstant(ReadOnlySpan<char> word) => word is "True" or "False" or "None";
}
