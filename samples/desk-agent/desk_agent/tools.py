"""The tools of the desk: orders, refunds, tickets with their response times, purchases and the knowledge base."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Callable

from desk_agent.calls import ToolCall
from desk_agent.hooks import Change, Escalation, HookChain, Refund, Vetoed
from desk_agent.store import Session

ALLOWED_MINUTES = {"urgent": 60, "high": 240, "normal": 1440}
USUAL_LATENCY = 20


class Tools:
    """Tools over the records of the back office, for one session at one moment."""

    def __init__(self, records: dict[str, Any], clock: str, session: Session, hooks: HookChain) -> None:
        self._records = records
        self._now = _moment(clock)
        self._session = session
        self._hooks = hooks
        self._tools: dict[str, Callable[[str], dict[str, Any]]] = {
            "order_lookup": self.order_lookup,
            "refund_request": self.refund_request,
            "ticket_status": self.ticket_status,
            "ticket_escalate": self.ticket_escalate,
            "purchase_history": self.purchase_history,
            "article_search": self.article_search,
            "article_read": self.article_read,
        }

    def run(self, call: ToolCall) -> dict[str, Any]:
        """Run one call; a record that does not exist is an answer as well."""
        try:
            return self._tools[call.tool](call.subject)
        except KeyError:
            return {"error": f"{call.subject} is not known"}

    def latency(self, call: ToolCall) -> int:
        """Milliseconds that the backend takes for the record of a call."""
        return self._records.get("latencies", {}).get(call.subject, USUAL_LATENCY)

    def order_lookup(self, order: str) -> dict[str, Any]:
        record = self._records["orders"][order]
        return {"status": record["status"], "item": record["item"], "arrives": record["arrives"]}

    def refund_request(self, order: str) -> dict[str, Any]:
        amount = float(self._records["orders"][order]["amount"])
        return self._change(Refund(order, amount), {"refunded": amount})

    def ticket_status(self, ticket: str) -> dict[str, Any]:
        record = self._records["tickets"][ticket]
        allowed = ALLOWED_MINUTES[record["priority"]]
        waited = int((self._now - _moment(record["opened"])).total_seconds() // 60)
        overdue = waited > allowed
        return {"subject": record["subject"], "waited": waited, "allowed": allowed, "overdue": "yes" if overdue else "no"}

    def ticket_escalate(self, ticket: str) -> dict[str, Any]:
        return self._change(Escalation(ticket), {"escalated": "to the duty lead"})

    def purchase_history(self, customer: str) -> dict[str, Any]:
        rows = self._records["purchases"][customer]
        return {"rows": [{"name": row["order"], "item": row["item"], "amount": float(row["amount"])} for row in rows]}

    def article_search(self, query: str) -> dict[str, Any]:
        words = set(query.split())
        names = [name for name in self._records.get("articles", {}) if words & set(name.lower().split())]
        return {"rows": [{"name": name} for name in names]}

    def article_read(self, name: str) -> dict[str, Any]:
        return {"name": name, "text": self._records["articles"][name]}

    def _change(self, change: Change, done: dict[str, Any]) -> dict[str, Any]:
        try:
            self._hooks.commit(self._session, change)
        except Vetoed as veto:
            return {"refused": str(veto)}
        return done


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
