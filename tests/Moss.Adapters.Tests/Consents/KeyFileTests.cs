using System.Security.Cryptography;
using Moss.Consents;
using Moss.Testing;

namespace Moss.Adapters.Tests.Consents;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PrivateKey key = PrivateKey.Of(Enumerable.Repeat((byte)7, PrivateKey.SeedBytes).ToArray());

    private string Path => folder.Combine("ada.pem");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_key_that_was_written_signs_as_before()
    {
        KeyFile.Write(Path, key);

        KeyFile.Read(Path).Sign("a text").ShouldBe(key.Sign("a text"));
    }

    [Fact]
    public void Nobody_else_may_read_the_file()
    {
        KeyFile.Write(Path, key);

        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_may_read_or_change_is_not_used(UnixFileMode more)
    {
        KeyFile.Write(Path, key);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        Should.Throw<KeyFileException>(() => KeyFile.Read(Path)).Fix.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_key_is_never_written_over_a_file()
    {
        File.WriteAllText(Path, "mine");

        Should.Throw<KeyFileException>(() => KeyFile.Write(Path, key)).Message.ShouldContain("already");
        File.ReadAllText(Path).ShouldBe("mine");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told() =>
        Should.Throw<KeyFileException>(() => KeyFile.Write(folder.Combine("nowhere", "ada.pem"), key)).Fix.ShouldContain("folder");

    [Fact]
    public void A_file_that_is_not_there_is_told() => Should.Throw<KeyFileException>(() => KeyFile.Read(Path)).Fix.ShouldContain("moss consent key");

    [Fact]
    public void A_file_that_is_much_too_long_is_not_read()
    {
        KeyFile.Write(Path, key);
        File.AppendAllText(Path, new string('x', 70_000));

        Should.Throw<KeyFileException>(() => KeyFile.Read(Path)).Message.ShouldContain("too long");
    }

    [Fact]
    public void The_file_is_a_pem_of_pkcs_8_as_other_tools_write_it() =>
        PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. Enumerable.Repeat((byte)7, 32)])
            .ShouldBe(key.WritePem().TrimEnd('\n'));

    [Theory]
    [InlineData("", "no block")]
    [InlineData("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=", "no block")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n", "no block")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "no block")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc\n", "no block")]
    public void What_is_no_private_key_is_told(string pem, string problem) =>
        Should.Throw<KeyFileException>(() => PrivateKey.ReadPem(pem)).Message.ShouldContain(problem);

    [Fact]
    public void A_key_of_another_algorithm_is_told()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Should.Throw<KeyFileException>(() => PrivateKey.ReadPem(other.ExportPkcs8PrivateKeyPem())).Message.ShouldContain("not of Ed25519");
    }
}
