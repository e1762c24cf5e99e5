using Moss.Deployment.Instances;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment;

public sealed class LogTailTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("one\ntwo\n", "one\ntwo\n")]
    [InlineData("one\ntwo\nthree\nfour\n", "three\nfour\n")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaa")]
    public void It_is_the_end_of_the_log_from_the_start_of_a_line(string log, string tail) =>
        LogTail.Read(folder.Write("log", log), 14).ShouldBe(tail);

    [Fact]
    public void A_log_that_is_not_there_is_empty() => LogTail.Read(folder.Combine("none"), 100).ShouldBe("");

    [Fact]
    public void What_a_log_would_make_a_terminal_do_and_its_secrets_are_not_kept() =>
        LogTail.Read(folder.Write("log", "\u001b[31mpassword=hunter2\u001b[0m\n\u0007bye\n"), 100).ShouldBe("password=[secret]\n\uFFFDbye\n");

    [Fact]
    public void Bytes_that_are_no_text_are_no_trouble()
    {
        var file = folder.Combine("log");
        File.WriteAllBytes(file, [0xff, 0xfe, (byte)'a', 0xc3]);

        LogTail.Read(file, 100).ShouldContain("a");
    }
}
