namespace Moss.Workspaces;

internal static class Hashes
{
    private const int Length = 40;
    private const int ShortestAbbreviation = 7;

    public static bool IsFull(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    public static bool MayBeShort(string text) => text.Length is >= ShortestAbbreviation and < Length && text.All(char.IsAsciiHexDigitLower);
}
