"""Runs the tool calls that the model asks for in one go."""

from __future__ import annotations

from desk_agent.calls import ToolCall, ToolResult
from desk_agent.tools import Tools


class Dispatcher:
    """The backends answer at their own pace; a batch is handed back once all of it has arrived."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def dispatch(self, calls: list[ToolCall]) -> list[ToolResult]:
        """Run all calls, quick backends first, and return one result for each, in the order of arrival."""
        arrived = sorted(calls, key=self._tools.latency)
        outputs = [self._tools.run(call) for call in arrived]
        return [ToolResult(call.id, call.tool, output) for call, output in zip(calls, outputs)]
