using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moss.EventStore.Auditing;

namespace Moss.EventStore.Tests;

public sealed class HashChainTests
{
    private static readonly Guid Id = Guid.Parse("01980000-0000-7000-8000-000000000001");

    [Fact]
    public void A_chain_starts_with_the_name_of_its_stream() =>
        Convert.ToHexStringLower(HashChain.Start("abc")).ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    /// <summary>Written out, so that anyone can recompute a chain without Moss.</summary>
    [Fact]
    public void A_link_covers_the_link_before_it_and_the_event_as_canonical_json()
    {
        var previous = HashChain.Start("evolution-1");
        var canonical = """{"name":"test.counted.v1","id":"01980000-0000-7000-8000-000000000001","version":3,"data":{"value":1},"metadata":{"actor":"é"}}""";
        var expected = SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(canonical)]);

        HashChain.Next(previous, "test.counted.v1", Id, 3, """{"value":1}""", """{"actor":"é"}""").ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("{", "{}")]
    [InlineData("""{"value":1},"metadata":{}""", "{}")]
    [InlineData("{}", "{} {}")]
    public void What_is_not_one_json_value_has_no_hash(string data, string metadata) =>
        Should.Throw<JsonException>(() => HashChain.Next(new byte[32], "test.counted.v1", Id, 0, data, metadata));
}
