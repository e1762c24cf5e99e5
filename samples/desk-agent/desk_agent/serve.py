"""The desk as a service: GET /health, GET /version, POST /chat; a heartbeat file and all state in MOSS_STATE."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from desk_agent.agent import Agent
from desk_agent.store import SessionStore

HERE = Path(__file__).parent
LONGEST_BODY = 64 * 1024
SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Desk:
    """The service without its sockets."""

    def __init__(self, state: Path) -> None:
        self._store = SessionStore(state)
        self._records = json.loads((HERE / "records.json").read_text(encoding="utf-8"))
        self._heartbeat = state / "heartbeat"
        self._lock = threading.Lock()
        self.version = version()

    def health(self) -> dict[str, Any]:
        return {"status": "ok", "handled": self._store.handled(), "version": self.version}

    def chat(self, request: Any) -> dict[str, Any]:
        """Handle ``{session, customer, messages}``; raises ValueError that says what is wrong with it."""
        if not isinstance(request, dict) or not SESSION.fullmatch(str(request.get("session", ""))):
            raise ValueError("session: 1 to 64 letters, digits, - or _")
        messages = request.get("messages")
        if not isinstance(messages, list) or not messages or not all(isinstance(text, str) for text in messages):
            raise ValueError("messages: a list of at least one text")
        customer = str(request.get("customer", "C11"))
        clock = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with self._lock:
            agent = Agent({"session": request["session"], "customer": customer}, self._records, clock, self._store, lambda entry: None)
            return {**agent.converse(messages), "handled": self._store.count_handled()}

    def beat(self) -> None:
        self._heartbeat.write_text(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), encoding="utf-8")


def version() -> str:
    """Names the source: twelve hex digits that change with any file of the agent."""
    digest = hashlib.sha256()
    for file in sorted(HERE.glob("*.py")) + [HERE / "prompt.md"]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def make_server(desk: Desk, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """A server on the loopback address unless said otherwise; port 0 takes any that is free."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/health":
                self._send(200, desk.health())
            elif self.path == "/version":
                self._send(200, {"version": desk.version})
            else:
                self._send(404, {"error": "there are /health, /version and /chat"})

        def do_POST(self) -> None:
            if self.path != "/chat":
                return self._send(404, {"error": "there are /health, /version and /chat"})
            try:
                length = int(self.headers.get("Content-Length", "0"))
                if not 0 < length <= LONGEST_BODY:
                    raise ValueError(f"body: 1 to {LONGEST_BODY} bytes of JSON")
                self._send(200, desk.chat(json.loads(self.rfile.read(length))))
            except ValueError as wrong:
                self._send(400, {"error": str(wrong)})

        def _send(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return ThreadingHTTPServer((host, port), Handler)


def check() -> None:
    """Answer one message in a folder that is thrown away."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.beat()
        answer = desk.chat({"session": "check", "messages": ["Where is A1001?"]})
        assert "A1001" in answer["replies"][0], answer
    print("ok", desk.version)


def main() -> None:
    if "--check" in sys.argv[1:]:
        return check()
    desk = Desk(Path(os.environ["MOSS_STATE"]))
    server = make_server(desk, int(os.environ["MOSS_PORT"]), os.environ.get("MOSS_HOST", "127.0.0.1"))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    signal.signal(signal.SIGINT, lambda number, frame: stop.set())
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    print(f"desk-agent {desk.version} serves on {server.server_address[0]}:{server.server_port}", flush=True)
    while not stop.is_set():
        desk.beat()
        stop.wait(1.0)
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
