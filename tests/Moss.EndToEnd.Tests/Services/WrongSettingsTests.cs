using Moss.Testing;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>A service that cannot start says why in words that a person can act on.</summary>
public sealed class WrongSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_wrong_setting_is_named_with_its_fix() =>
        (await FailAsync("nonsense")).ShouldContain("Moss:Store is no connection string");

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_its_fix() =>
        (await FailAsync("Host=127.0.0.1;Port=1;Database=moss;Username=moss")).ShouldContain("the database that Moss:Store names cannot be used");

    private async Task<string> FailAsync(string store)
    {
        await using var service = new ServiceUnderTest(
            "Ingestion", new ServiceSettings(store, new Uri("amqp://127.0.0.1:1/"), folder.Path, new Uri("http://127.0.0.1:1")));
        return (await Should.ThrowAsync<InvalidOperationException>(service.StartAsync)).Message;
    }
}
