using Moss.CodingAgents.Sessions;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Sessions;

public sealed class SessionFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_socket_that_a_killed_run_left_outside_its_too_deep_folder_is_swept_with_it_and_nobody_elses()
    {
        var (mine, other) = (Deep("mine"), Deep("other"));
        var killed = SessionFolder.Create(mine, "key");
        using var alive = SessionFolder.Create(other, "key");
        Path.GetDirectoryName(killed.SocketPath).ShouldNotStartWith(mine);

        SessionFolder.Sweep(mine).ShouldBe(1);

        Directory.Exists(Path.GetDirectoryName(killed.SocketPath)).ShouldBeFalse();
        Directory.Exists(Path.GetDirectoryName(alive.SocketPath)).ShouldBeTrue();
    }

    [Fact]
    public void A_socket_lies_in_the_folder_of_its_session_where_its_path_is_short_enough()
    {
        using var session = SessionFolder.Create(folder.Combine("s"), "key");

        Path.GetDirectoryName(session.SocketPath).ShouldBe(session.Path);
    }

    private string Deep(string name) => folder.Combine(name, new string('d', 100));
}
