namespace Moss.AgentChecks.Checks;

/// <summary>What an exception says, in one line.</summary>
internal static class Reason
{
    private const int Longest = 600;

    public static string Of(Exception broken)
    {
        var words = string.Join(' ', broken.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= Longest ? words : words[..Longest] + "…";
    }
}
