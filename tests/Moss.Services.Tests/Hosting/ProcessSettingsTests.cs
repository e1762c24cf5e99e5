using Microsoft.Extensions.Configuration;
using Moss.ServiceDefaults.Configuration;
using Moss.ServiceDefaults.Hosting;
using Moss.Testing;

namespace Moss.Services.Tests.Hosting;

public sealed class ProcessSettingsTests
{
    private const string Store = "Host=db;Database=moss";
    private const string Bus = "amqp://moss:secret@broker:5672/";
    private const string Data = "/var/lib/moss";

    [Fact]
    public void All_three_are_read()
    {
        var settings = Read(Store, Bus, Data);

        settings.ShouldBe(new ProcessSettings(Store, new Uri(Bus), Data));
    }

    [Fact]
    public void Everything_that_is_missing_is_told_at_once_with_what_to_set()
    {
        var message = Should.Throw<SettingsException>(() => Read(null, " ", null)).Message;

        message.Split('\n').Length.ShouldBe(3);
        message.ShouldContain("Moss__Store");
        message.ShouldContain("Moss__Bus");
        message.ShouldContain("Moss__Data");
    }

    [Theory]
    [InlineData("nonsense", Bus, Data, "Moss:Store is no connection string")]
    [InlineData("Database=moss", Bus, Data, "Moss:Store names no server")]
    [InlineData("Host=db", Bus, Data, "Moss:Store names no database")]
    [InlineData(Store, "broker:5672", Data, "Moss:Bus is no address")]
    [InlineData(Store, "http://broker/", Data, "Moss:Bus is no address")]
    [InlineData(Store, "amqp://", Data, "Moss:Bus is no address")]
    [InlineData(Store, Bus, "data", "Moss:Data is 'data'")]
    public void A_wrong_one_is_named(string store, string bus, string data, string message) =>
        Should.Throw<SettingsException>(() => Read(store, bus, data)).Message.ShouldStartWith(message);

    [Fact]
    public void A_folder_belongs_to_one_process()
    {
        using var folder = new TemporaryFolder();
        using var held = ProcessFolder.Take(folder.Combine("data"));

        Should.Throw<SettingsException>(() => ProcessFolder.Take(folder.Combine("data"))).Message.ShouldContain("a folder of its own");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("occupied", "a file where the folder should be");

        Should.Throw<SettingsException>(() => ProcessFolder.Take(file)).Message.ShouldContain(file);
    }

    private static ProcessSettings Read(string? store, string? bus, string? data) => ProcessSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Moss:Store"] = store, ["Moss:Bus"] = bus, ["Moss:Data"] = data })
        .Build());
}
