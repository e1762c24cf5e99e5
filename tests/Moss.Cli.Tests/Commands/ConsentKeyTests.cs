using Moss.Cli.Features;
using Moss.Cli.Tests.Running;
using Moss.Consents;
using Moss.Testing;

namespace Moss.Cli.Tests.Commands;

public sealed class ConsentKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_public_line_belongs_to_the_key_in_the_file_which_nobody_else_may_read()
    {
        var file = folder.Combine("ada.pem");

        var ran = await MossCommand.RunAsync(url: null, "consent", "key", "--out", file);

        ran.Code.ShouldBe(ExitCodes.Done);
        var line = ran.Output.Split('\n')[0];
        PublicKey.Verifies(line, "a text", KeyFile.Read(file).Sign("a text")).ShouldBeTrue();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ran.Output.ShouldContain($"consent: {{ approvers: [{{ name: NAME, key: \"{line}\" }}] }}");
        ran.Output.ShouldNotContain("PRIVATE KEY");
    }

    [Fact]
    public async Task As_json_it_is_the_line_and_the_file()
    {
        var file = folder.Combine("ada.pem");

        var made = (await MossCommand.RunAsync(url: null, "consent", "key", "--out", file, "--json")).Json;

        made.GetProperty("key").GetString().ShouldBe(KeyFile.Read(file).Public.ToString());
        made.GetProperty("file").GetString().ShouldBe(file);
    }

    [Fact]
    public async Task No_two_keys_are_the_same()
    {
        var (first, second) = (folder.Combine("1.pem"), folder.Combine("2.pem"));
        await MossCommand.RunAsync(url: null, "consent", "key", "--out", first);
        await MossCommand.RunAsync(url: null, "consent", "key", "--out", second);

        KeyFile.Read(first).Public.ToString().ShouldNotBe(KeyFile.Read(second).Public.ToString());
    }

    [Fact]
    public async Task A_key_that_is_there_is_not_replaced()
    {
        var file = folder.Write("ada.pem", "mine");

        var ran = await MossCommand.RunAsync(url: null, "consent", "key", "--out", file);

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("--out: ");
        File.ReadAllText(file).ShouldBe("mine");
    }
}
