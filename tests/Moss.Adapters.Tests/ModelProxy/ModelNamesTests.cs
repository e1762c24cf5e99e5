using Moss.ModelProxy;

namespace Moss.Adapters.Tests.ModelProxy;

public sealed class ModelNamesTests
{
    [Theory]
    [InlineData(null, null, "")]
    [InlineData("", "small", "small")]
    [InlineData("small", "", "small")]
    [InlineData("small", "large", "large, small")]
    [InlineData("large, small", "small", "large, small")]
    [InlineData("Large", "large", "Large, large")]
    public void Each_name_is_there_once_and_in_order(string? one, string? other, string both) => ModelNames.Both(one, other).ShouldBe(both);
}
