"""What holds for each part of the harness on its own."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from desk_agent.calls import ToolCall, ToolResult
from desk_agent.dispatcher import Dispatcher
from desk_agent.hooks import Escalation, HookChain, Refund, Vetoed, account_hold, audit, refund_limit
from desk_agent.mediator import Mediator
from desk_agent.router import route
from desk_agent.store import Session, SessionStore
from desk_agent.tools import Tools

RECORDS = {
    "orders": {"A1001": {"status": "shipped", "item": "desk lamp", "arrives": "2026-01-07", "amount": 45.0}},
    "tickets": {"T101": {"subject": "no invoice", "priority": "normal", "opened": "2026-01-05T08:00:00Z"}},
    "articles": {"return a chair": "Within 30 days."},
}


def tools(session: Session | None = None) -> Tools:
    return Tools(RECORDS, "2026-01-05T09:00:00Z", session or Session("s"), HookChain([], [audit]))


class Routing(unittest.TestCase):
    def test_an_order_with_a_wish_for_money_is_a_refund(self) -> None:
        self.assertEqual(route("Refund A1001", "C11").intent, "refund")

    def test_an_order_alone_is_looked_up(self) -> None:
        self.assertEqual(route("Where is A1001?", "C11").subjects, ("A1001",))

    def test_a_customer_who_names_none_asks_about_himself(self) -> None:
        self.assertEqual(route("How much did I spend?", "C11").subjects, ("C11",))

    def test_anything_else_is_a_question_about_the_rules(self) -> None:
        self.assertEqual(route("Can I return a chair?", "C11").intent, "knowledge")


class Dispatching(unittest.TestCase):
    def test_one_call_has_one_result(self) -> None:
        [result] = Dispatcher(tools()).dispatch([ToolCall("call-1", "order_lookup", "A1001")])
        self.assertEqual((result.call_id, result.output["status"]), ("call-1", "shipped"))

    def test_a_record_that_does_not_exist_is_an_answer(self) -> None:
        [result] = Dispatcher(tools()).dispatch([ToolCall("call-1", "order_lookup", "A9999")])
        self.assertIn("error", result.output)


class Mediating(unittest.TestCase):
    def test_a_record_is_passed_on_whole(self) -> None:
        self.assertEqual(Mediator().condense(ToolResult("c", "t", {"status": "lost", "amount": 2.5})), "status: lost\namount: 2.50")

    def test_a_short_table_is_passed_on_whole(self) -> None:
        text = Mediator().condense(ToolResult("c", "t", {"rows": [{"name": "a"}, {"name": "b"}]}))
        self.assertEqual(text, "2 found\na\nb")

    def test_a_long_table_shows_its_first_rows(self) -> None:
        text = Mediator(2).condense(ToolResult("c", "t", {"rows": [{"name": name} for name in "abcdef"]}))
        self.assertEqual(text.splitlines()[:3], ["6 found", "a", "b"])


class Hooks(unittest.TestCase):
    def test_a_change_is_applied_and_audited(self) -> None:
        session = Session("s")
        HookChain([refund_limit(100.0)], [audit]).commit(session, Refund("A1001", 45.0))
        self.assertEqual((session.refunded, session.audit), (45.0, ["refund A1001 45.00, 45.00 so far"]))

    def test_a_refund_above_the_limit_is_refused(self) -> None:
        with self.assertRaises(Vetoed):
            HookChain([refund_limit(100.0)], []).commit(Session("s"), Refund("A1001", 145.0))

    def test_an_account_on_hold_gets_no_refund_but_help(self) -> None:
        chain, session = HookChain([account_hold(True)], []), Session("s")
        chain.commit(session, Escalation("T101"))
        with self.assertRaises(Vetoed):
            chain.commit(session, Refund("A1001", 1.0))
        self.assertEqual(session.escalations, ["T101"])


class Storing(unittest.TestCase):
    def test_a_session_comes_back_as_it_was(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            session = Session("s-1")
            session.refunds.append({"order": "A1001", "amount": 45.0})
            SessionStore(Path(folder)).save(session)
            self.assertEqual(SessionStore(Path(folder)).load("s-1").to_json(), session.to_json())

    def test_the_count_outlives_the_store(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            SessionStore(Path(folder)).count_handled()
            self.assertEqual(SessionStore(Path(folder)).count_handled(), 2)

    def test_no_draft_is_left(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            SessionStore(Path(folder)).save(Session("s-1"))
            self.assertEqual([file.name for file in Path(folder).iterdir()], ["session-s-1.json"])
            json.loads((Path(folder) / "session-s-1.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
