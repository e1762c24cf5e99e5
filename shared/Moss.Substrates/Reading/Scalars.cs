using System.Globalization;
using System.Text.RegularExpressions;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Readers of single values.</summary>
internal static partial class Scalars
{
    /// <summary>A text that a rule has nothing against; the rule answers what is wrong and what to write instead.</summary>
    public static ValueReader<string> Text(Func<string, (string Problem, string Fix)?> rule, string example) => Of(
        $"write {example}",
        (text, scalar, field) => rule(text) is { } wrong ? field.Refuse<string>(scalar, wrong.Problem, wrong.Fix) : text);

    /// <summary>Any text, the empty one in quotes too; numbers and truth values are taken as they are written.</summary>
    public static ValueReader<string> AnyText(string example) => new((value, field) => value switch
    {
        YamlValue.Scalar { Nothing: true } => field.Refuse<string>(value, "is empty", $"write {example}, or \"\" for no text"),
        YamlValue.Scalar { Text: var text } when text.Contains('\0', StringComparison.Ordinal) => field.Refuse<string>(value, "has a NUL character", "remove it"),
        YamlValue.Scalar { Text: var text } => text,
        _ => field.Refuse<string>(value, $"is {value.Kind}, must be a text", $"write {example}"),
    });

    public static ValueReader<bool> Boolean { get; } = Of("write true or false", (text, scalar, field) => text switch
    {
        "true" => true,
        "false" => false,
        _ => field.Refuse<bool>(scalar, $"is {scalar.Kind}, must be true or false", "write true or false, without quotes"),
    });

    public static ValueReader<string> OneOf(params string[] known) => Of($"write one of {string.Join(", ", known)}", (text, scalar, field) =>
        known.Contains(text)
            ? text
            : field.Refuse<string>(scalar, $"is {scalar.Kind}, which Moss does not know", Spelling.Nearest(text, known) is { } near
                ? $"did you mean {near}?"
                : $"write one of {string.Join(", ", known)}"));

    public static ValueReader<int> Whole(int least, int most) => Of(
        $"write a whole number from {least} to {most}",
        (text, scalar, field) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : field.Refuse<int>(scalar, $"is {scalar.Kind}", $"write a whole number from {least} to {most}"));

    /// <param name="least">Excluded when <paramref name="above"/>.</param>
    /// <param name="most">Included.</param>
    /// <param name="above">True when the number must be above the least.</param>
    public static ValueReader<double> Number(double least, double most, bool above = false)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"write a number {(above ? "above" : "from")} {least} {(above ? "and up to" : "to")} {most}");
        return Of(range, (text, scalar, field) =>
            Decimal().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var number && number <= most && (above ? number > least : number >= least)
                ? number
                : field.Refuse<double>(scalar, $"is {scalar.Kind}", range));
    }

    public static ValueReader<decimal> Money(decimal most)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"write an amount in US dollars from 0 to {most}, such as 2.50");
        return Of(range, (text, scalar, field) =>
            Decimal().IsMatch(text) && decimal.Parse(text, CultureInfo.InvariantCulture) is var amount && amount >= 0 && amount <= most
                ? amount
                : field.Refuse<decimal>(scalar, $"is {scalar.Kind}", range));
    }

    public static ValueReader<TimeSpan> Duration(string least, string most)
    {
        var (from, to) = (KnownDuration(least), KnownDuration(most));
        return Of($"write a duration from {least} to {most}, such as 90s, 5m, 1h30m or 500ms", (text, scalar, field) =>
            !DurationText.TryParse(text, out var duration)
                ? field.Refuse<TimeSpan>(scalar, $"is {scalar.Kind}, which is no duration", "write it as 90s, 5m, 1h30m or 500ms")
                : duration >= from && duration <= to
                    ? duration
                    : field.Refuse<TimeSpan>(scalar, $"is {scalar.Kind}", $"write a duration from {least} to {most}"));
    }

    public static ValueReader<long> Size(string least, string most)
    {
        var (from, to) = (KnownSize(least), KnownSize(most));
        return Of($"write a size from {least} to {most}, such as 512MiB or 1GiB", (text, scalar, field) =>
            !SizeText.TryParse(text, out var size)
                ? field.Refuse<long>(scalar, $"is {scalar.Kind}, which is no size", "write it as 512MiB or 1GiB")
                : size >= from && size <= to
                    ? size
                    : field.Refuse<long>(scalar, $"is {scalar.Kind}", $"write a size from {least} to {most}"));
    }

    private static ValueReader<T> Of<T>(string fix, Func<string, YamlValue.Scalar, FieldAt, Parsed<T>> read) => new((value, field) => value switch
    {
        YamlValue.Scalar { Nothing: false } scalar => read(scalar.Text, scalar, field),
        YamlValue.Scalar => field.Refuse<T>(value, "is empty", fix),
        _ => field.Refuse<T>(value, $"is {value.Kind}, must be a single value", fix),
    });

    private static TimeSpan KnownDuration(string text) => DurationText.TryParse(text, out var duration) ? duration : throw new FormatException(text);

    private static long KnownSize(string text) => SizeText.TryParse(text, out var size) ? size : throw new FormatException(text);

    [GeneratedRegex(@"^-?[0-9]{1,12}(\.[0-9]{1,12})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
