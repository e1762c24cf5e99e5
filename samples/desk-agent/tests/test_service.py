"""What the service promises to those who run it."""

from __future__ import annotations

import tempfile
import threading
import unittest
import urllib.error
import urllib.request
import json
from pathlib import Path

from desk_agent.serve import Desk, make_server


class Service(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.state = Path(self._folder.name)

    def test_state_outlives_a_restart(self) -> None:
        Desk(self.state).chat({"session": "s-1", "messages": ["Where is A1001?"]})
        self.assertEqual(Desk(self.state).health()["handled"], 1)

    def test_a_request_without_messages_is_refused_by_name(self) -> None:
        with self.assertRaisesRegex(ValueError, "messages"):
            Desk(self.state).chat({"session": "s-1"})

    def test_a_session_cannot_name_a_path(self) -> None:
        with self.assertRaisesRegex(ValueError, "session"):
            Desk(self.state).chat({"session": "../x", "messages": ["hello"]})

    def test_it_answers_over_http(self) -> None:
        server = make_server(Desk(self.state), 0)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            root = f"http://127.0.0.1:{server.server_port}"
            body = json.dumps({"session": "s-1", "messages": ["Where is A1001?"]}).encode()
            with urllib.request.urlopen(urllib.request.Request(f"{root}/chat", body)) as answer:
                self.assertIn("A1001", json.load(answer)["replies"][0])
            with urllib.request.urlopen(f"{root}/health") as answer:
                self.assertEqual(json.load(answer)["handled"], 1)
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(f"{root}/chat", b"no json"))
            self.assertEqual(refused.exception.code, 400)
            refused.exception.close()
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


if __name__ == "__main__":
    unittest.main()
