"""A deterministic stand-in for the language model.

It asks for tools and writes replies as a model would, from nothing but the texts that the harness gives it, and it believes
them. It stands for a service that the desk does not own: a better desk is one that tells it the truth.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from desk_agent.calls import ToolCall
from desk_agent.router import Route

Seen = list[tuple[ToolCall, str]]
AMOUNT = re.compile(r"\d+\.\d\d$")


class Reply(NamedTuple):
    """The end of a turn: what the customer reads, and what it rests on."""

    text: str
    facts: dict[str, Any]


class Model:
    """One conversation with the model."""

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt
        self._asked = 0

    def next(self, route: Route, seen: Seen) -> list[ToolCall] | Reply:
        """Ask for tools, or reply, from what was seen in this turn."""
        look, *act = route.tools
        if not seen:
            return self._ask(look, route.subjects)
        if act and all(call.tool == look for call, _ in seen):
            chosen = _worth_acting_on(route, seen)
            if chosen:
                return self._ask(act[0], chosen)
        return _WRITERS[route.intent](seen)

    def _ask(self, tool: str, subjects: tuple[str, ...]) -> list[ToolCall]:
        first = self._asked + 1
        self._asked += len(subjects)
        return [ToolCall(f"call-{first + offset}", tool, subject) for offset, subject in enumerate(subjects)]


def _worth_acting_on(route: Route, seen: Seen) -> tuple[str, ...]:
    if route.intent == "refund":
        return tuple(call.subject for call, text in seen if _fields(text).get("status") in ("lost", "damaged"))
    if route.intent == "tickets":
        return tuple(call.subject for call, text in seen if _fields(text).get("overdue") == "yes")
    names = [name for _, text in seen for name in _names(text)]
    words = set(route.subjects[0].split())
    ranked = sorted(names, key=lambda name: -len(words & set(name.lower().split())))
    return tuple(ranked[:1])


def _write_orders(seen: Seen) -> Reply:
    orders = {call.subject: _fields(text) for call, text in seen}
    told = [f"{order} ({fields.get('item', '?')}) is {fields.get('status', 'unknown')}, arrives {fields.get('arrives', '?')}."
            for order, fields in orders.items()]
    return Reply(" ".join(told), {"orders": {order: fields.get("status", "unknown") for order, fields in orders.items()}})


def _write_refunds(seen: Seen) -> Reply:
    told: dict[str, str] = {}
    facts: dict[str, str] = {}
    for call, text in seen:
        fields = _fields(text)
        if call.tool == "order_lookup":
            told[call.subject] = f"{call.subject} is {fields.get('status', 'unknown')}, so there is nothing to refund."
            facts[call.subject] = "not due"
        elif "refunded" in fields:
            told[call.subject] = f"{call.subject} was refunded: {fields['refunded']}."
            facts[call.subject] = "refunded"
        else:
            told[call.subject] = f"{call.subject} was not refunded: {fields.get('refused', 'no reason given')}."
            facts[call.subject] = "refused"
    return Reply(" ".join(told.values()), {"refunds": facts})


def _write_tickets(seen: Seen) -> Reply:
    told: dict[str, str] = {}
    facts: dict[str, str] = {}
    spans: dict[str, str] = {}
    for call, text in seen:
        fields = _fields(text)
        if call.tool == "ticket_status":
            spans[call.subject] = f"{fields.get('waited', '?')} of {fields.get('allowed', '?')} minutes"
            told[call.subject] = f"{call.subject} is in time ({spans[call.subject]})."
            facts[call.subject] = f"in time at {spans[call.subject]}"
        elif "escalated" in fields:
            told[call.subject] = f"{call.subject} is overdue ({spans[call.subject]}) and was escalated {fields['escalated']}."
            facts[call.subject] = f"escalated at {spans[call.subject]}"
        else:
            told[call.subject] = f"{call.subject} is overdue but was not escalated: {fields.get('refused', 'no reason given')}."
            facts[call.subject] = "refused"
    return Reply(" ".join(told.values()), {"tickets": facts})


def _write_history(seen: Seen) -> Reply:
    told = []
    spent: dict[str, float] = {}
    orders: dict[str, list[str]] = {}
    for call, text in seen:
        amounts = [float(match.group()) for match in map(AMOUNT.search, text.splitlines()) if match]
        spent[call.subject] = round(sum(amounts), 2)
        orders[call.subject] = _names(text)
        told.append(f"{call.subject} spent {spent[call.subject]:.2f} on {text.split(' ', 1)[0]} orders.")
    return Reply(" ".join(told), {"spent": spent, "purchases": orders})


def _write_knowledge(seen: Seen) -> Reply:
    call, text = seen[-1]
    fields = _fields(text)
    if call.tool != "article_read":
        return Reply("I found no article about this.", {"article": None})
    return Reply(f"{fields.get('text', '')} (from: {call.subject})", {"article": call.subject})


_WRITERS = {
    "orders": _write_orders,
    "refund": _write_refunds,
    "tickets": _write_tickets,
    "history": _write_history,
    "knowledge": _write_knowledge,
}


def _fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)


def _names(text: str) -> list[str]:
    names: list[str] = []
    for line in text.splitlines()[1:]:
        head = line.split(" | ")[0]
        names += head.split(": ", 1)[1].split(", ") if " more: " in head else [head]
    return names
