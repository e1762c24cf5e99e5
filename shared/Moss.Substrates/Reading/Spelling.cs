namespace Moss.Substrates.Reading;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 40;

    /// <summary>The known word that is at most two letters away (a third of a short word), whatever its case; null when none is.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        var (distance, nearest) = known
            .Select(candidate => (Distance: Distance(Plain(word), Plain(candidate)), Word: candidate))
            .DefaultIfEmpty((int.MaxValue, ""))
            .MinBy(candidate => candidate.Item1);
        return distance <= Math.Min(2, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>Letters to insert, remove, replace or swap with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                table[row, column] = Cell(table, left, right, row, column);
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Cell(int[,] table, string left, string right, int row, int column)
    {
        if (row == 0 || column == 0)
        {
            return row + column;
        }

        var same = left[row - 1] == right[column - 1];
        var best = Math.Min(table[row - 1, column - 1] + (same ? 0 : 1), 1 + Math.Min(table[row - 1, column], table[row, column - 1]));
        var swapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        return swapped ? Math.Min(best, table[row - 2, column - 2] + 1) : best;
    }

    /// <summary><c>stable_branch</c>, <c>stable-branch</c> and <c>StableBranch</c> are one word.</summary>
    private static string Plain(string word) => new([.. word.Where(letter => letter is not ('_' or '-')).Select(char.ToLowerInvariant)]);
}
