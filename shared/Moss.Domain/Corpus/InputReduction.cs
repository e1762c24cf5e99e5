using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Moss.Domain.Corpus;

/// <summary>A value from which as much was taken as could be.</summary>
/// <param name="Value">What is left.</param>
/// <param name="Asked">Smaller values that were asked about.</param>
/// <param name="Minimal">True when nothing more can be taken away, one part at a time; false when the questions were used up before.</param>
public sealed record ReducedInput(JsonNode? Value, int Asked, bool Minimal);

/// <summary>
/// Makes a JSON value smaller while something holds of it: delta debugging (Zeller and Hildebrandt, IEEE TSE 28(2), 2002) from the root
/// down (Misherghi and Su, ICSE 2006). Parts are the items of an array, the members of an object and the lines of a text; numbers, words and
/// names stay as they are. Deterministic: the same answers give the same questions.
/// </summary>
/// <param name="most">Questions that may be asked, 0 or more.</param>
/// <param name="holds">Whether a smaller value will do. It may keep what it is given.</param>
public sealed class InputReduction(int most, Func<JsonNode?, Task<bool>> holds)
{
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private JsonNode? current;
    private int asked;
    private bool cut;

    /// <summary>Reduces one value, of which it holds. The value itself is left alone.</summary>
    public async Task<ReducedInput> ReduceAsync(JsonNode? value)
    {
        (current, asked, cut) = (value?.DeepClone(), 0, false);
        refused.Clear();
        string before;
        do
        {
            before = Text(current);
            await ReduceAtAsync([]);
        }
        while (!cut && Text(current) != before);
        return new(current, asked, !cut);
    }

    private async Task ReduceAtAsync(ImmutableArray<int> place)
    {
        for (var size = JsonParts.Count(JsonParts.At(current, place)); size >= 1; size /= 2)
        {
            await TakeAsync(place, size);
        }

        for (var child = 0; child < JsonParts.Children(JsonParts.At(current, place)); child++)
        {
            await ReduceAtAsync(place.Add(child));
        }
    }

    /// <summary>Takes so many parts at a time, wherever they can be spared.</summary>
    private async Task TakeAsync(ImmutableArray<int> place, int size)
    {
        for (var first = 0; first < JsonParts.Count(JsonParts.At(current, place));)
        {
            var smaller = JsonParts.Without(current, place, first, size);
            if (await HoldsAsync(smaller))
            {
                current = smaller;
            }
            else
            {
                first += size;
            }
        }
    }

    private async Task<bool> HoldsAsync(JsonNode? smaller)
    {
        var text = Text(smaller);
        if (refused.Contains(text))
        {
            return false;
        }

        if (asked == most)
        {
            cut = true;
            return false;
        }

        asked++;
        if (await holds(smaller))
        {
            return true;
        }

        refused.Add(text);
        return false;
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
