using System;

/// <summary>Roman numerals from I to MMMCMXCIX.</summary>
public static class RomanNumerals
{
    private static readonly int[] Values = { 1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1 };
    private static readonly string[] Symbols = { "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I" };

    public static string Write(int number)
    {
        if (number < 1 || number > 3999)
        {
            throw new ArgumentOutOfRangeException(nameof(number));
        }

        var text = "";
        for (var place = 0; place < Values.Length; place++)
        {
            while (number >= Values[place])
            {
                text += Symbols[place];
                number -= Values[place];
            }
        }

        return text;
    }

    public static int Read(string text)
    {
        var total = 0;
        for (var place = 0; place < text.Length; place++)
        {
            var value = Worth(text[place]);
            var next = place + 1 < text.Length ? Worth(text[place + 1]) : 0;
            if (value < next)
            {
                total -= value;
            }
            else
            {
                total += value;
            }
        }

        if (total == 0 || Write(total) != text)
        {
            throw new FormatException(text);
        }

        return total;
    }

    private static int Worth(char letter)
    {
        for (var place = 0; place < Symbols.Length; place++)
        {
            if (Symbols[place].Length == 1 && Symbols[place][0] == letter)
            {
                return Values[place];
            }
        }

        return 0;
    }
}
