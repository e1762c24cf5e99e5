using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

/// <summary>Answers the cases of a scenario: "write 14", "read XIV", or "all", which stands for everything there is.</summary>
internal static class Trial
{
    private static void Main()
    {
        using var scenario = JsonDocument.Parse(File.ReadAllText(Environment.GetEnvironmentVariable("MOSS_SCENARIO")));
        var cases = scenario.RootElement.GetProperty("input").GetProperty("cases").EnumerateArray().Select(text => text.GetString());
        var answers = cases.Select(text => text == "all" ? Digest(Everything()) : Answer(text)).ToList();
        File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("MOSS_OUT"), "answer.json"), JsonSerializer.Serialize(new { answers }));
    }

    private static string Answer(string text)
    {
        var words = text.Split(' ');
        try
        {
            return words[0] == "write" ? RomanNumerals.Write(int.Parse(words[1])) : RomanNumerals.Read(words[1]).ToString();
        }
        catch (Exception thrown)
        {
            return "throws " + thrown.GetType().Name;
        }
    }

    /// <summary>Every number from -10 to 4010, and every numeral of thirteen ways to write each decimal place, right or wrong.</summary>
    private static IEnumerable<string> Everything()
    {
        foreach (var number in Enumerable.Range(-10, 4021))
        {
            yield return Answer("write " + number);
        }

        var parts = new[] { "", "I", "II", "III", "IIII", "IV", "V", "VI", "VII", "VIII", "IX", "VV", "IIX" };
        var tens = parts.Select(part => part.Replace('X', 'C').Replace('V', 'L').Replace('I', 'X')).ToList();
        var hundreds = parts.Select(part => part.Replace('X', 'M').Replace('V', 'D').Replace('I', 'C')).ToList();
        foreach (var thousand in new[] { "", "M", "MM", "MMM", "MMMM" })
        foreach (var hundred in hundreds)
        foreach (var ten in tens)
        foreach (var one in parts)
        {
            yield return Answer("read " + thousand + hundred + ten + one);
        }

        foreach (var text in new[] { "A", "IA", "AI", "IM", "VX", "IC", "XIM", "i", "xiv" })
        {
            yield return Answer("read " + text);
        }
    }

    private static string Digest(IEnumerable<string> answers) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join("\n", answers))));
}
