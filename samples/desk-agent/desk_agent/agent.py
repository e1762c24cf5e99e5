"""The loop: route the message, let the model ask for tools until it replies, keep the session."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from desk_agent.dispatcher import Dispatcher
from desk_agent.hooks import HookChain, account_hold, audit, refund_limit
from desk_agent.mediator import Mediator
from desk_agent.model import Model, Reply, Seen
from desk_agent.router import route
from desk_agent.store import SessionStore
from desk_agent.tools import Tools

MOST_STEPS = 6
PROMPT = Path(__file__).parent / "prompt.md"
Log = Callable[[dict[str, Any]], None]


class Agent:
    """One conversation of one customer with the desk."""

    def __init__(self, request: dict[str, Any], records: dict[str, Any], clock: str, store: SessionStore, log: Log) -> None:
        policy = request.get("policy", {})
        self._customer = request["customer"]
        self._store = store
        self._log = log
        self._session = store.load(request["session"])
        guards = [account_hold(policy.get("hold", False)), refund_limit(policy.get("refundLimit", 100.0))]
        tools = Tools(records, clock, self._session, HookChain(guards, [audit]))
        self._dispatcher = Dispatcher(tools)
        self._mediator = Mediator()
        self._model = Model(PROMPT.read_text(encoding="utf-8"))

    def converse(self, messages: list[str]) -> dict[str, Any]:
        """Handle the messages in turn; the answer holds the replies, what they rest on, and the session as stored."""
        replies: list[str] = []
        facts: dict[str, Any] = {}
        for message in messages:
            reply = self._turn(message)
            replies.append(reply.text)
            for kind, found in reply.facts.items():
                facts[kind] = {**facts.get(kind, {}), **found} if isinstance(found, dict) else found
            self._store.save(self._session)
        return {"replies": replies, "facts": facts, "session": self._store.load(self._session.name).to_json()}

    def _turn(self, message: str) -> Reply:
        self._log({"role": "user", "text": message})
        chosen = route(message, self._customer)
        seen: Seen = []
        for _ in range(MOST_STEPS):
            move = self._model.next(chosen, seen)
            if isinstance(move, Reply):
                self._log({"role": "assistant", "text": move.text})
                return move
            self._log({"role": "assistant", "calls": [call._asdict() for call in move]})
            texts = {}
            for result in self._dispatcher.dispatch(move):
                texts[result.call_id] = self._mediator.condense(result)
                self._log({"role": "tool", "call": result.call_id, "tool": result.tool, "text": texts[result.call_id]})
            seen += [(call, texts[call.id]) for call in move]
        return Reply("I could not finish this; a colleague will write to you.", {})
