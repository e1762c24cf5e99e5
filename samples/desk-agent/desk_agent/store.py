"""Sessions on disk, one file each, replaced as a whole so that a crash leaves the old one or the new one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


class Session:
    """What the desk remembers of one conversation."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.refunds: list[dict[str, Any]] = []
        self.escalations: list[str] = []
        self.audit: list[str] = []

    @property
    def refunded(self) -> float:
        """Money given back in this session."""
        return sum(refund["amount"] for refund in self.refunds)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "refunds": self.refunds,
            "refunded": round(self.refunded, 2),
            "escalations": self.escalations,
            "audit": self.audit,
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Session:
        session = Session(data["name"])
        session.refunds = list(data["refunds"])
        session.escalations = list(data["escalations"])
        session.audit = list(data["audit"])
        return session


class SessionStore:
    """A folder of sessions and the count of conversations that were handled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load(self, name: str) -> Session:
        """The stored session, or a fresh one."""
        data = self._read(f"session-{name}.json")
        return Session(name) if data is None else Session.from_json(data)

    def save(self, session: Session) -> None:
        self._write(f"session-{session.name}.json", session.to_json())

    def handled(self) -> int:
        """Conversations handled since the folder was made."""
        return (self._read("handled.json") or {"handled": 0})["handled"]

    def count_handled(self) -> int:
        handled = self.handled() + 1
        self._write("handled.json", {"handled": handled})
        return handled

    def _read(self, name: str) -> Any:
        try:
            return json.loads((self._folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def _write(self, name: str, data: Any) -> None:
        draft = self._folder / f".{name}.{os.getpid()}"
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(data, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._folder / name)
