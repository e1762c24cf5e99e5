"""Replays one scenario: reads MOSS_SCENARIO, leaves answer.json and transcript.jsonl in MOSS_OUT."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from desk_agent.agent import Agent
from desk_agent.store import SessionStore

USUAL_CLOCK = "2026-01-05T09:00:00Z"


def replay(scenario: dict[str, Any], out: Path) -> dict[str, Any]:
    """Run the scenario's conversation with its own records; everything that it leaves is below ``out``."""
    request = scenario["input"]
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "transcript.jsonl", "w", encoding="utf-8") as transcript:
        def log(entry: dict[str, Any]) -> None:
            transcript.write(json.dumps(entry, ensure_ascii=False) + "\n")

        clock = scenario.get("clock") or USUAL_CLOCK
        agent = Agent(request, request["records"], clock, SessionStore(out / "state"), log)
        answer = agent.converse(request["messages"])
    (out / "answer.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    return answer


def main() -> None:
    scenario = json.loads(Path(os.environ["MOSS_SCENARIO"]).read_text(encoding="utf-8"))
    answer = replay(scenario, Path(os.environ["MOSS_OUT"]))
    for reply in answer["replies"]:
        print(reply)


if __name__ == "__main__":
    main()
