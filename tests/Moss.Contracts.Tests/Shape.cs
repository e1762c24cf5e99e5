using System.Reflection;
using System.Text.Json;

namespace Moss.Contracts.Tests;

/// <summary>The JSON of a message in words: a line per member, with its type.</summary>
internal static class Shape
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Type type) => Properties(type).Select(property =>
        $"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}: {Word(property.PropertyType)}{(IsOptional(property) ? "?" : "")}");

    public static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string Word(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Word(inner) : type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(Guid) => "uuid",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ when type == typeof(double) || type == typeof(decimal) => "number",
        _ when type == typeof(DateTimeOffset) => "date-time",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => $"[{Word(type.GetGenericArguments()[0])}]",
        _ when type.Assembly == typeof(StageReference).Assembly => type.Name,
        _ => throw new NotSupportedException($"{type} has no word on the wire"),
    };

    private static bool IsOptional(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || Nullability.Create(property).ReadState == NullabilityState.Nullable;
}
