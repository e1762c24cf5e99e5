"""Every change of a session's state passes the hook chain: guards may refuse it, observers record it."""

from __future__ import annotations

from typing import Callable, NamedTuple

from desk_agent.store import Session


class Vetoed(Exception):
    """A guard refused a change; the text says why and may be told to the customer."""


class Refund(NamedTuple):
    """Money goes back for an order."""

    order: str
    amount: float

    def apply(self, session: Session) -> None:
        session.refunds.append({"order": self.order, "amount": self.amount})

    def describe(self, session: Session) -> str:
        return f"refund {self.order} {self.amount:.2f}, {session.refunded:.2f} so far"


class Escalation(NamedTuple):
    """A ticket goes to the duty lead."""

    ticket: str

    def apply(self, session: Session) -> None:
        session.escalations.append(self.ticket)

    def describe(self, session: Session) -> str:
        return f"escalation {self.ticket}, {len(session.escalations)} so far"


Change = Refund | Escalation
Hook = Callable[[Session, Change], None]


class HookChain:
    """Guards and observers around each change of a session."""

    def __init__(self, guards: list[Hook], observers: list[Hook]) -> None:
        self._guards = guards
        self._observers = observers

    def commit(self, session: Session, change: Change) -> None:
        """Make a change; raises Vetoed when a guard refuses it."""
        change.apply(session)
        for guard in self._guards:
            guard(session, change)
        for observer in self._observers:
            observer(session, change)


def refund_limit(limit: float) -> Hook:
    """Refuses what would bring the refunds of one session above the limit."""

    def guard(session: Session, change: Change) -> None:
        if isinstance(change, Refund) and session.refunded + change.amount > limit:
            raise Vetoed(f"the refund limit is {limit:.2f}")

    return guard


def account_hold(held: bool) -> Hook:
    """Refuses refunds while the customer's account is on hold; tickets go their way."""

    def guard(session: Session, change: Change) -> None:
        if held and isinstance(change, Refund):
            raise Vetoed("the account is on hold")

    return guard


def audit(session: Session, change: Change) -> None:
    """Writes a line about the change, with the balance after it, to the session's audit trail."""
    session.audit.append(change.describe(session))
