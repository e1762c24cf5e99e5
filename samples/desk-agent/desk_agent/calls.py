"""What the model asks for and what it gets back."""

from __future__ import annotations

from typing import Any, NamedTuple


class ToolCall(NamedTuple):
    """One request of the model: a tool and the record that it is about."""

    id: str
    tool: str
    subject: str


class ToolResult(NamedTuple):
    """What a tool answered to one call."""

    call_id: str
    tool: str
    output: dict[str, Any]
