"""Condenses tool results, so that long ones do not fill the model's context."""

from __future__ import annotations

from typing import Any

from desk_agent.calls import ToolResult


class Mediator:
    """A record is passed on whole; of a table the first rows are, and the remaining ones as a summary."""

    def __init__(self, limit: int = 3) -> None:
        self._limit = limit

    def condense(self, result: ToolResult) -> str:
        """The text that the model reads in place of the result."""
        rows = result.output.get("rows")
        if rows is None:
            return "\n".join(f"{key}: {_text(value)}" for key, value in result.output.items())
        return "\n".join(self._table(rows))

    def _table(self, rows: list[dict[str, Any]]) -> list[str]:
        shown = rows[: self._limit]
        lines = [f"{len(rows)} found", *(_line(row) for row in shown)]
        rest = rows[len(lines) :]
        if rest:
            lines.append(_summary(rest))
        return lines


def _line(row: dict[str, Any]) -> str:
    return " | ".join(_text(value) for value in row.values())


def _summary(rows: list[dict[str, Any]]) -> str:
    names = ", ".join(row["name"] for row in rows)
    amount = sum(row.get("amount", 0.0) for row in rows)
    return f"{len(rows)} more: {names} | {_text(amount)}"


def _text(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
