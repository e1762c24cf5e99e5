namespace Moss.Contracts.Tests;

/// <summary>A value of any type of the wire, every member filled in.</summary>
internal static class Sample
{
    public static object Of(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Of(inner) : type switch
    {
        _ when type == typeof(string) => "ö \"word\"",
        _ when type == typeof(Guid) => Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 7_000_000_000L,
        _ when type == typeof(double) => 0.1,
        _ when type == typeof(decimal) => 0.10m,
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
        { IsGenericType: true } => ListOf(type.GetGenericArguments()[0]),
        _ => Activator.CreateInstance(type, [.. type.GetConstructors().Single().GetParameters().Select(parameter => Of(parameter.ParameterType))])!,
    };

    private static Array ListOf(Type element)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(Of(element), 0);
        return list;
    }
}
