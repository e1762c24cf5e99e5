"""Decides what a message is about, and which tools the model may use for it."""

from __future__ import annotations

import re
from typing import NamedTuple

ORDER = re.compile(r"\bA\d{4}\b")
TICKET = re.compile(r"\bT\d{3}\b")
WORD = re.compile(r"\w+")
CUSTOMER = re.compile(r"\bC\d{2}\b")

REFUND_WORDS = ("refund", "money back", "reimburse")
HISTORY_WORDS = ("spent", "spend", "history", "in total")


class Route(NamedTuple):
    """The first tool looks things up for each subject; the second, where there is one, acts on what was found."""

    intent: str
    tools: tuple[str, ...]
    subjects: tuple[str, ...]


def route(message: str, customer: str) -> Route:
    """Choose the route of one message of a customer."""
    text = message.lower()
    orders = _mentioned(ORDER, message)
    tickets = _mentioned(TICKET, message)
    if orders and _speaks_of(text, REFUND_WORDS):
        return Route("refund", ("order_lookup", "refund_request"), orders)
    if orders:
        return Route("orders", ("order_lookup",), orders)
    if tickets:
        return Route("tickets", ("ticket_status", "ticket_escalate"), tickets)
    if _speaks_of(text, HISTORY_WORDS):
        return Route("history", ("purchase_history",), _mentioned(CUSTOMER, message) or (customer,))
    return Route("knowledge", ("article_search", "article_read"), (" ".join(WORD.findall(text)),))


def _mentioned(pattern: re.Pattern[str], message: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pattern.findall(message)))


def _speaks_of(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
