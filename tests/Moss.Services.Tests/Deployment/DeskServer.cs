namespace Moss.Services.Tests.Deployment;

/// <summary>
/// A substrate of one Python file: it counts its starts on disk, holds a lock on its state as the only writer, and behaves as
/// the file <c>behaviour</c> beside it says. What <c>newer</c> wrote no other one reads.
/// </summary>
internal static class DeskServer
{
    public const string Script = """
        import fcntl, http.server, os, pathlib, signal, sys, time

        behaviour = pathlib.Path("behaviour").read_text().strip()
        state = pathlib.Path(os.environ["MOSS_STATE"])
        lock = open(state / "writer.lock", "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            (state / "two-writers").write_text(behaviour)
            sys.exit("another writer is alive")
        with open(state / "starts", "a") as starts:
            starts.write(behaviour + "\n")
        print("starting", behaviour, flush=True)
        if behaviour.startswith("newer"):
            (state / "format").write_text("2")
        elif (state / "format").exists():
            sys.exit("cannot read format " + (state / "format").read_text())
        if behaviour == "boot":
            sys.exit("Traceback: the harness does not import")
        if behaviour == "greedy":
            hoard = [os.urandom(1 << 20) for _ in range(256)]
        if behaviour == "stubborn":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if behaviour == "slow":
            time.sleep(1)
        asked = 0

        class Desk(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                global asked
                if self.path == "/health":
                    asked += 1
                    if behaviour == "dying" and asked > 2:
                        os._exit(3)
                body = behaviour.encode()
                self.send_response(500 if behaviour == "sick" else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        http.server.HTTPServer((os.environ["MOSS_HOST"], int(os.environ["MOSS_PORT"])), Desk).serve_forever()
        """;
}
